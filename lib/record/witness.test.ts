import { describe, expect, it } from 'vitest'
import { fromBase64 } from './base64'
import { fromHex } from './bytes'
import { cosigner } from './cosignature'
import { isMalformed } from './malformed'
import { noteKey, parseNote, parseVkey, signatureLine } from './note'
import { vectors, vectorText } from './vectors.test-support'
import {
  addCheckpointBody,
  decideWitness,
  parseAddCheckpoint,
  readWitnessAnswer,
  type WitnessDecision,
  type Witnessed,
} from './witness'

const logKey = parseVkey(vectors.log.vkey)
const fresh: Witnessed = { key: logKey, size: 0, root: null }
const { body_from_0: first, body_3_15: second } = vectors.add_checkpoint

describe('the request to a witness', () => {
  it('is built byte for byte as published', () => {
    const request = parseAddCheckpoint(second)
    expect(addCheckpointBody(3, request.proof, vectors.log.checkpoints['15'] ?? '')).toBe(second)
    expect(addCheckpointBody(0, [], vectors.log.checkpoints['3'] ?? '')).toBe(first)
  })

  it.each([
    second.replace('old 3', 'old 03'),
    second.replace('old 3', 'new 3'),
    second.replace('Zx8U', 'Zx8'),
    'old 3\n',
    '',
    `old 3\n${'Zx8UbF5HHooag6PCFM5LqQe486WIjRTMjNPOdbsS75Q=\n'.repeat(64)}\n${vectors.log.checkpoints['15']}`,
  ])('has one shape only', (body) => {
    expect(() => parseAddCheckpoint(body)).toThrow()
  })
})

function answer(body: string, origin: string, seen: Witnessed): WitnessDecision {
  try {
    const request = parseAddCheckpoint(body)
    return decideWitness(request, request.checkpoint.origin === origin ? seen : null)
  } catch (thrown) {
    if (!isMalformed(thrown)) throw thrown
    return { decision: 'refuse', status: 400, body: thrown.message, contentType: 'text/plain; charset=utf-8' }
  }
}

/** The other witness says 403 to an unknown log (tlog-witness: 404), and to base64 whose unused bits are set (400 here). */
function ours(body: string, origin: string, theirs: number): number {
  if (theirs !== 403) return theirs
  return body.includes(`\n${origin}\n`) ? 400 : 404
}

describe("a witness's answer", () => {
  it('C27: is a cosignature for a first checkpoint, and for each one that extends it', () => {
    const one = decideWitness(parseAddCheckpoint(first), fresh)
    expect(one).toMatchObject({ decision: 'cosign', size: 3 })
    if (one.decision !== 'cosign') return
    const seen = { key: logKey, size: one.size, root: one.root }
    expect(decideWitness(parseAddCheckpoint(second), seen)).toMatchObject({ decision: 'cosign', size: 15 })
  })

  it('C27: names its own size to a log that has lost count', () => {
    const seen = { key: logKey, size: 15, root: parseAddCheckpoint(second).checkpoint.root }
    expect(decideWitness(parseAddCheckpoint(first), seen)).toEqual({
      decision: 'refuse',
      status: 409,
      body: '15\n',
      contentType: 'text/x.tlog.size',
    })
  })

  it('C24: refuses a history that was rebuilt and signed again with the right key', () => {
    const rebuilt = { key: logKey, size: 3, root: new Uint8Array(32).fill(7) }
    expect(decideWitness(parseAddCheckpoint(second), rebuilt)).toMatchObject({
      decision: 'refuse',
      status: 422,
    })
    const sameSize = addCheckpointBody(3, [], vectors.log.checkpoints['3'] ?? '')
    expect(decideWitness(parseAddCheckpoint(sameSize), rebuilt)).toMatchObject({
      decision: 'refuse',
      status: 409,
    })
  })

  it('C27: refuses unknown logs, other keys and impossible sizes', () => {
    const request = parseAddCheckpoint(second)
    expect(decideWitness(request, null)).toMatchObject({ status: 404 })
    const otherKey = noteKey(logKey.name, logKey.type, new Uint8Array(32))
    expect(decideWitness(request, { ...fresh, key: otherKey })).toMatchObject({ status: 403 })
    expect(decideWitness({ ...request, old: 16 }, fresh)).toMatchObject({ status: 400 })
    expect(decideWitness({ ...request, old: 0 }, fresh)).toMatchObject({ status: 422 })
  })

  it('C27: is the one that another witness gives to the same requests', () => {
    const script = vectorText('published/witness/litewitness.txt')
    const exchanges = [...script.matchAll(/add-checkpoint\n```\n([\s\S]*?)```\nHTTP (\d+)/g)]
    expect(exchanges).toHaveLength(9)
    const origin = 'sigsum.org/v1/tree/4d6d8825a6bb689d459628312889dfbb0bcd41b5211d9e1ce768b0ff0309e562'
    const key = noteKey(
      origin,
      1,
      fromHex('ffdc2d4d98e4124d3feaf788c0c2f9abfd796083d1f0495437f302ec79cf100f'),
    )
    let seen: Witnessed = { key, size: 0, root: null }
    for (const [, body = '', status] of exchanges) {
      const decision = answer(body, origin, seen)
      expect(decision.decision === 'cosign' ? 200 : decision.status).toBe(ours(body, origin, Number(status)))
      if (decision.decision === 'cosign') seen = { key, size: decision.size, root: decision.root }
    }
    expect(seen.size).toBe(5)
  })

  it('C27: is the same for a log whose key is not named after its origin', () => {
    const body =
      /add-checkpoint\n```\n([\s\S]*?)```/.exec(vectorText('published/witness/sumdb.txt'))?.[1] ?? ''
    const key = parseVkey('sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8')
    expect(decideWitness(parseAddCheckpoint(body), { key, size: 0, root: null })).toMatchObject({
      size: 35225469,
    })
  })
})

describe('what the log makes of an answer', () => {
  const witness = cosigner('witness.test/w1', new Uint8Array(32).fill(2))
  const { text } = parseNote(vectors.log.checkpoints['15'] ?? '')
  const line = signatureLine(witness.cosign(text, 1679315147))
  const read = (status: number, body: string, contentType = 'text/plain') =>
    readWitnessAnswer({ status, body, contentType }, witness, text)

  it('is a cosignature only if it is good', () => {
    expect(read(200, line)).toEqual({ answer: 'cosigned', line, time: 1679315147 })
    expect(read(200, '')).toMatchObject({ answer: 'refused' })
    expect(read(200, signatureLine(witness.cosign('another\n', 1)))).toMatchObject({ answer: 'refused' })
    expect(read(200, '<html>')).toMatchObject({ answer: 'refused' })
  })

  it('C27: signed with another key than its known one, is shown as that', () => {
    const changed = cosigner('witness.test/w1', new Uint8Array(32).fill(3))
    const other = signatureLine(changed.cosign(text, 1))
    expect(read(200, other)).toMatchObject({
      answer: 'refused',
      reason: expect.stringContaining('another key'),
    })
    expect(read(200, other + line)).toEqual({ answer: 'cosigned', line, time: 1679315147 })
  })

  it('is a size to resend from, if the answer says so in the right type', () => {
    expect(read(409, '3\n', 'text/x.tlog.size')).toEqual({ answer: 'resend', from: 3 })
    expect(read(409, '3\n')).toMatchObject({ answer: 'refused', status: 409 })
    expect(read(409, '3; drop', 'text/x.tlog.size')).toMatchObject({ answer: 'refused' })
    expect(fromBase64('AAAA')).toHaveLength(3)
  })
})
