import { describe, expect, it } from 'vitest'
import { concat, utf8 } from '../bytes'
import { edit, editLines, type Files, readerOf, reseal } from '../folder.test-support'
import { codes, tell } from '../story.test-support'
import { verifyBundle } from '../verify'
import { POLICY } from '../world.test-support'
import { pack, sourceOf } from '../world-bundle.test-support'
import { evidence, sample, verify } from './tamper.test-support'

const PROOFS = 'data/log/proofs.ndjson'
const HEAD = 'data/log/head.tlog-proof'
const jwt = [...sample.keys()].find((path) => path.endsWith('.jwt')) ?? ''
const behind = (...bytes: number[]) => concat(new Uint8Array(bytes), sample.get(jwt) ?? utf8(''))

/** Put into a bundle, or in the place of what was there, by somebody who makes the manifests right again. */
async function withFile(path: string, content: Uint8Array, first = false) {
  const files: Files = first ? new Map([[path, content], ...sample]) : new Map(sample).set(path, content)
  reseal(files)
  return verify(files)
}

describe('a second file', () => {
  it.each([true, false])(
    'C34: beside evidence, under its digest, is no evidence (first: %s)',
    async (first) => {
      const other = evidence.replace(/txt$/, 'html')
      expect(codes(await withFile(other, utf8('what was never found'), first))).toEqual(['evidence.altered'])
      const same = await withFile(other, sample.get(evidence) ?? utf8(''), first)
      expect(codes(same)).toEqual([])
    },
  )

  it.each([
    ...['data/notes.html', 'notes.txt', 'data/approvals/apr_1/remark.json', 'data/log/policy.old'],
    ...['data/evidence/note.txt', 'data/policies/rules.json', 'data/x/data/events.ndjson'],
  ])('%s is said to be no part of the format', async (path) => {
    const report = await withFile(path, utf8('Looks like it belonged here.'))
    expect(codes(report, 'note')).toContain('bag.unknown_file')
  })

  it('has no place among the tiles but its own', async () => {
    for (const place of ['0/000.p/7', '0/002', '3/000', 'entries/000.p/9'])
      expect(codes(await withFile(`data/log/tile/${place}`, utf8('')))).toEqual(['tile.malformed'])
  })

  it('is none of those that the format names', async () => {
    for (const files of [sample, await pack(sourceOf(tell()))])
      expect(codes(await verifyBundle(readerOf(files)), 'note')).not.toContain('bag.unknown_file')
  })
})

describe('what is not quite what it was', () => {
  it('C31: the last event’s proof is of this very checkpoint', async () => {
    const files = new Map(sample)
    edit(files, HEAD, (text) => text.replace('\n\nonrecord.example', '\n\nonrecord.example.evil'))
    reseal(files)
    expect(codes(await verify(files))).toEqual(['head.mismatch'])
  })

  it('C50: a warrant begins with its first character', async () => {
    for (const content of [behind(32), behind(10), behind(0xef, 0xbb, 0xbf)])
      expect(codes(await withFile(jwt, content))).toContain('warrant.altered')
    expect(codes(await withFile(jwt, concat(sample.get(jwt) ?? utf8(''), utf8(' \r\n'))))).toEqual([])
  })

  it('C29: a proof that is broken off is not the events’ fault', async () => {
    const files = new Map(sample)
    files.set(PROOFS, sample.get(PROOFS)?.slice(0, -1) ?? utf8(''))
    reseal(files)
    expect(codes(await verify(files))).toEqual(['head.mismatch', 'proof.malformed', 'proof.missing'])
  })

  it('C29: a place in the log is a whole number', async () => {
    const files = await pack(sourceOf(tell()))
    editLines(files, PROOFS, (lines) => lines.map((line) => line.replace(/"index":(\d+)/, '"index":$1.5')))
    reseal(files)
    expect(codes(await verifyBundle(readerOf(files), { policy: POLICY }))).toContain('proof.malformed')
  })
})

describe('a byte that is no UTF-8', () => {
  it.each([
    ['bagit.txt', ['bag.malformed']],
    ['tagmanifest-sha256.txt.sig', ['signature.bad']],
    [HEAD, ['head.mismatch']],
    ['data/anchors/280.checkpoint', ['anchor.malformed', 'anchor.timestamp_mismatch']],
    ['data/log/consistency/280-287', ['consistency.malformed']],
    [jwt, ['warrant.altered', 'warrant.malformed']],
    ['data/warrants/jwks.json', ['warrant.unknown_key']],
    ['data/log/checkpoint', ['checkpoint.malformed']],
  ])('in %s is found there, and the rest is checked all the same', async (path, expected) => {
    const files = new Map(sample)
    if (path !== 'bagit.txt') files.delete('data/approvals/apr_2/statement.json')
    files.set(path, concat(sample.get(path) ?? utf8(''), new Uint8Array([0xff])))
    if (path !== 'bagit.txt' && !path.endsWith('.sig')) reseal(files)
    const found = codes(await verify(files))
    expect(found).toEqual(expect.arrayContaining(expected))
    if (path !== 'bagit.txt') expect(found).toContain('approval.statement_missing')
  })

  it('in a line of the registry spoils that line alone', async () => {
    const files = new Map(sample)
    const lines = files.get('data/registry.ndjson') ?? utf8('')
    files.set('data/registry.ndjson', concat(utf8('{"event":"'), new Uint8Array([0xff]), utf8('"}\n'), lines))
    reseal(files)
    expect(codes(await verify(files))).toEqual(['registry.malformed'])
  })
})
