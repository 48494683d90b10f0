import { describe, expect, it } from 'vitest'
import { toBase64 } from './base64'
import { concat, fromHex, fromUtf8, utf8 } from './bytes'
import { checkpointText, parseCheckpoint, signCheckpoint } from './checkpoint'
import { checkCosignature, cosignedMessage, cosigner } from './cosignature'
import {
  checkNote,
  formatNote,
  formatVkey,
  noteKey,
  noteSigner,
  parseNote,
  parseVkey,
  signatureLine,
  signNote,
} from './note'
import { formatTlogProof, parseTlogProof, provesEntry } from './tlog-proof'
import { vectors } from './vectors.test-support'

const log = noteSigner('example.com/log/testdata', fromHex(vectors.log.seed_hex))
const witness = cosigner('witness.test/w1', fromHex(vectors.cosignature.seed_hex))
const published = parseNote(vectors.log.checkpoints['15'] ?? '')

describe('a signed note', () => {
  it('is signed byte for byte as published', () => {
    for (const [size, note] of Object.entries(vectors.log.checkpoints)) {
      const checkpoint = parseCheckpoint(parseNote(note).text)
      expect(checkpoint.size).toBe(Number(size))
      expect(signCheckpoint(checkpoint, log)).toBe(note)
      expect(checkNote(log, parseNote(note))).toBe('signed')
    }
  })

  it('names its key as published', () => {
    expect(formatVkey(log)).toBe(vectors.log.vkey)
    expect(formatVkey(witness)).toBe(vectors.cosignature.vkey)
    expect(parseVkey(vectors.log.vkey).publicKey).toEqual(log.publicKey)
  })

  it('keeps signatures of keys and kinds that nobody here knows', () => {
    const unknown = noteKey('future.example/ml-dsa', 0x06, new Uint8Array(1312))
    const line = signatureLine({ name: unknown.name, keyId: unknown.id, signature: new Uint8Array(2420) })
    const note = parseNote(signNote('hello\n', log) + line)
    expect(note.signatures).toHaveLength(2)
    expect(checkNote(log, note)).toBe('signed')
    expect(checkNote(unknown, note)).toBe('bad_signature')
    expect(formatNote(note)).toBe(signNote('hello\n', log) + line)
  })

  it('is refused if a known key did not make the signature that claims it', () => {
    const other = noteSigner('example.com/log/testdata', new Uint8Array(32).fill(9))
    const forged = { ...other.sign('hello\n'), keyId: log.id }
    expect(checkNote(log, { text: 'hello\n', signatures: [forged] })).toBe('bad_signature')
    expect(checkNote(log, { text: 'hello\n', signatures: [log.sign('hello\n'), forged] })).toBe(
      'bad_signature',
    )
    expect(checkNote(log, { text: 'hallo\n', signatures: [log.sign('hello\n')] })).toBe('bad_signature')
    expect(checkNote(log, { text: 'hello\n', signatures: [other.sign('hello\n')] })).toBe('not_signed')
  })

  it.each([
    'text\n',
    'text\n\n',
    'text\n\nno dash name AAAAAAAA\n',
    'text\n\n\u2014 name AAAAAAAA',
    'text\n\n\u2014 name AAAA\n',
    'text\n\n\u2014 na+me AAAAAAAA\n',
    'text\n\n\u2014 name  AAAAAAAA\n',
    'te\u0000xt\n\n\u2014 name AAAAAAAA\n',
    'te\rxt\n\n\u2014 name AAAAAAAA\n',
    `text\n\n${'\u2014 name AAAAAAAA\n'.repeat(101)}`,
  ])('has one shape only: %j', (note) => {
    expect(() => parseNote(note)).toThrow()
  })

  it('is cut at its last empty line', () => {
    expect(parseNote(signNote('one\n\ntwo\n', log)).text).toBe('one\n\ntwo\n')
  })

  it.each([
    'name',
    'name+00000000+AQ==',
    vectors.log.vkey.replace('+33d7b496', '+33d7b497'),
    `a b+${'0'.repeat(8)}+AQ==`,
  ])('has no such key as %s', (vkey) => {
    expect(() => parseVkey(vkey)).toThrow()
  })
})

describe('a checkpoint', () => {
  const good = checkpointText({ origin: 'log.example', size: 3, root: new Uint8Array(32) })

  it.each([
    good.replace('\n3\n', '\n03\n'),
    good.replace('\n3\n', '\n-3\n'),
    good.replace('\n3\n', '\n9007199254740993\n'),
    `${good}extension\n`,
    good.trimEnd(),
    good.replace('A=', 'B='),
    `log.example\n3\n${toBase64(new Uint8Array(31))}\n`,
    `\n3\n${toBase64(new Uint8Array(32))}\n`,
  ])('has one shape only: %j', (text) => {
    expect(() => parseCheckpoint(text)).toThrow()
    expect(parseCheckpoint(good).size).toBe(3)
  })

  it('is signed under its own origin', () => {
    expect(() => signCheckpoint({ origin: 'else.example', size: 0, root: new Uint8Array(32) }, log)).toThrow()
  })
})

describe('a cosignature', () => {
  const { time, line, signed_message } = vectors.cosignature

  it('is made byte for byte as published', () => {
    expect(fromUtf8(cosignedMessage(published.text, time))).toBe(signed_message)
    expect(signatureLine(witness.cosign(published.text, time))).toBe(line)
  })

  it('counts with its time, for its own checkpoint only', () => {
    const cosigned = {
      ...published,
      signatures: [...published.signatures, witness.cosign(published.text, time)],
    }
    expect(checkCosignature(witness, cosigned)).toEqual({ verdict: 'cosigned', time })
    expect(checkCosignature(witness, published)).toEqual({ verdict: 'not_signed' })
    const other = { ...cosigned, text: parseNote(vectors.log.checkpoints['3'] ?? '').text }
    expect(checkCosignature(witness, other)).toEqual({ verdict: 'bad_signature' })
  })

  it('is bound to its time', () => {
    const { signature, ...who } = witness.cosign(published.text, time)
    const later = concat(
      signature.subarray(0, 7),
      new Uint8Array([(signature[7] ?? 0) + 1]),
      signature.subarray(8),
    )
    expect(
      checkCosignature(witness, { text: published.text, signatures: [{ ...who, signature: later }] }),
    ).toEqual({
      verdict: 'bad_signature',
    })
  })
})

describe('a tlog-proof', () => {
  const text = vectors.log.tlog_proof_index2

  it('shows its entry, and no other', () => {
    const proof = parseTlogProof(text)
    expect(provesEntry(proof, utf8(vectors.log.entries_utf8[2] ?? ''))).toBe(true)
    expect(provesEntry(proof, utf8('another'))).toBe(false)
    expect(formatTlogProof(proof.index, proof.path, formatNote(proof.note))).toBe(text)
  })

  it('may carry extra data', () => {
    expect(parseTlogProof(text.replace('@v1\n', '@v1\nextra AAAA\n')).index).toBe(2)
  })

  it.each([
    text.replace('@v1', '@v2'),
    text.replace('index 2', 'index 02'),
    text.replace('index 2\n', ''),
    text.replace('\n\n', '\n'),
    text.replace('9xWr', '9xW'),
    '',
  ])('has one shape only', (broken) => {
    expect(() => parseTlogProof(broken)).toThrow()
  })
})
