import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fromHex } from '../../lib/record/bytes'
import { checkCosignature } from '../../lib/record/cosignature'
import {
  formatVkey,
  NOTE_ED25519,
  noteKey,
  parseNote,
  parseSignatureLines,
  parseVkey,
} from '../../lib/record/note'
import { vectorText } from '../../lib/record/vectors.test-support'
import {
  add,
  aLog,
  bundleWitness,
  newDatabase,
  type RunningWitness,
  startWitness,
} from './witness.test-support'

let bundle: string
let folder: string
let database: string
const running: RunningWitness[] = []
const log = aLog('record.halden.example/log')

beforeAll(async () => {
  bundle = await bundleWitness()
  database = await newDatabase()
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'on-record-witness-'))
})
afterAll(() => Promise.all(running.map((each) => each.kill())))

const STATES: [string, () => string[]][] = [
  ['files', () => []],
  ['a database', () => ['--database', database]],
]

describe.each(STATES)('a witness with %s', (_, state) => {
  async function started(logs: readonly string[] = [log.vkey]): Promise<RunningWitness> {
    const witness = await startWitness(bundle, folder, logs, ...state())
    running.push(witness)
    return witness
  }

  it('C27 cosigns the first checkpoint that it sees of a log, and each that continues it', async () => {
    const witness = await started()
    for (const [old, size] of [
      [0, 3],
      [3, 300],
      [300, 300],
    ] as const) {
      const answer = await add(witness.url, log.request(old, size))
      expect(answer.status).toBe(200)
      const { text } = parseNote(log.checkpoint(size))
      const note = { text, signatures: parseSignatureLines(answer.body) }
      const found = checkCosignature(parseVkey(witness.vkey), note)
      if (found.verdict !== 'cosigned') throw new Error(found.verdict)
      expect(Math.abs(found.time - Date.now() / 1000)).toBeLessThan(30)
    }
  })

  it('C27 names its own size to a log that has lost count, in the type that says so', async () => {
    const witness = await started()
    await add(witness.url, log.request(0, 10))
    expect(await add(witness.url, log.request(0, 20))).toEqual({
      status: 409,
      type: 'text/x.tlog.size',
      body: '10\n',
    })
    expect((await add(witness.url, log.request(10, 20))).status).toBe(200)
  })

  it('C27 refuses what is not the log’s, not a request, or not a proof', async () => {
    const witness = await started()
    const otherKey = aLog('record.halden.example/log', 'what happened', new Uint8Array(32).fill(8))
    expect((await add(witness.url, aLog('unknown.example/log').request(0, 3))).status).toBe(404)
    expect((await add(witness.url, otherKey.request(0, 3))).status).toBe(403)
    expect((await add(witness.url, 'old 0\n\nnonsense')).status).toBe(400)
    expect((await add(witness.url, log.request(0, 3).replace('old 0', 'old 5'))).status).toBe(400)
    expect((await add(witness.url, log.request(0, 3))).status).toBe(200)
    expect((await add(witness.url, log.request(2, 5).replace('old 2', 'old 3'))).status).toBe(422)
    expect((await add(witness.url, 'x'.repeat(70_000))).status).toBe(413)
    expect((await fetch(`${witness.url}/add-checkpoint`)).status).toBe(405)
    expect((await fetch(`${witness.url}/metrics`)).status).toBe(404)
  })

  it('C24 refuses a history that was rebuilt and signed again with the right key, also after a restart', async () => {
    const rebuilt = aLog('record.halden.example/log', 'what happened instead')
    const before = await started()
    expect((await add(before.url, log.request(0, 10))).status).toBe(200)
    await before.kill()
    const witness = await started([])
    expect((await add(witness.url, rebuilt.request(10, 10))).status).toBe(409)
    expect((await add(witness.url, rebuilt.request(10, 12))).status).toBe(422)
    expect(await add(witness.url, rebuilt.request(0, 5))).toMatchObject({ status: 409, body: '10\n' })
    expect((await add(witness.url, log.request(10, 12))).status).toBe(200)
  })

  it('C24 asked for both sides of a fork at once, signs one', async () => {
    const witness = await started()
    const sides = Array.from({ length: 12 }, (_, i) => aLog('record.halden.example/log', `story ${i}`))
    const answers = await Promise.all(sides.map((side) => add(witness.url, side.request(0, 4))))
    expect(answers.map(({ status }) => status).sort()).toEqual([
      200,
      ...Array.from({ length: 11 }, () => 409),
    ])
  })

  it('C27 keeps several logs apart', async () => {
    const other = aLog('record.other.example/log', 'another story')
    const witness = await started([log.vkey, other.vkey])
    expect((await add(witness.url, log.request(0, 10))).status).toBe(200)
    expect((await add(witness.url, other.request(0, 3))).status).toBe(200)
    const page = await (await fetch(witness.url)).text()
    expect(page).toContain(witness.vkey)
    expect(page).toContain('record.halden.example/log  10 entries')
    expect(page).toContain('record.other.example/log  3 entries')
  })

  it('follows a log with two keys while that changes them, and a log that was added to its file', async () => {
    const rotated = aLog('record.halden.example/log', 'what happened', new Uint8Array(32).fill(8))
    const witness = await started()
    expect((await add(witness.url, log.request(0, 3))).status).toBe(200)
    expect((await add(witness.url, rotated.request(3, 4))).status).toBe(403)
    const file = join(folder, 'logs')
    await writeFile(file, `${await readFile(file, 'utf8')}${rotated.vkey}\n`)
    expect((await add(witness.url, rotated.request(3, 4))).status).toBe(200)
    expect((await add(witness.url, log.request(4, 5))).status).toBe(200)
  })

  it('C27 answers the requests of another witness’s own tests as that one does', async () => {
    const origin = 'sigsum.org/v1/tree/4d6d8825a6bb689d459628312889dfbb0bcd41b5211d9e1ce768b0ff0309e562'
    const key = fromHex('ffdc2d4d98e4124d3feaf788c0c2f9abfd796083d1f0495437f302ec79cf100f')
    const witness = await started([formatVkey(noteKey(origin, NOTE_ED25519, key))])
    const script = vectorText('published/witness/litewitness.txt')
    const exchanges = [...script.matchAll(/add-checkpoint\n```\n([\s\S]*?)```\nHTTP (\d+)/g)]
    expect(exchanges).toHaveLength(9)
    for (const [, body = '', status] of exchanges) {
      // That witness says 403 of a log that it doesn't know (the specification has 404), and of base64 whose unused bits are set.
      const ours = body.includes(`\n${origin}\n`) ? 400 : 404
      const expected = status === '403' ? ours : Number(status)
      expect((await add(witness.url, body)).status, body).toBe(expected)
    }
  })

  it('C27 survives being killed at any moment: what was cosigned is never forgotten', async () => {
    let cosigned = 0
    for (let round = 0; round < 6; round++) {
      const witness = await started(round === 0 ? [log.vkey] : [])
      const page = await (await fetch(witness.url)).text()
      const size = Number(/ (\d+) entries/.exec(page)?.[1])
      expect(size).toBeGreaterThanOrEqual(cosigned)
      cosigned = size
      let dying: Promise<void> | null = null
      for (let next = size; next < size + 90; next++) {
        const asked = add(witness.url, log.request(next, next + 1)).catch(() => null)
        if (next === size + 3) dying = pause(round).then(witness.kill)
        const answer = await asked
        if (answer?.status !== 200) break
        cosigned = next + 1
      }
      await dying
    }
    expect(cosigned).toBeGreaterThanOrEqual(18)
  })
})
