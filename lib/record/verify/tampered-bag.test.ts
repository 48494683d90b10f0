import { describe, expect, it } from 'vitest'
import { utf8 } from '../bytes'
import { edit, reseal } from '../folder.test-support'
import { codes, drop, flip, sample, type Tampering, verify } from './tamper.test-support'

const shallow: Tampering[] = [
  ['a file is changed', flip('data/derived/timeline.csv'), ['manifest.altered_file']],
  ['a file is missing', drop('data/derived/timeline.csv'), ['bag.size', 'manifest.missing_file']],
  ['a file is put in', (f) => f.set('data/extra.txt', utf8('x')), ['bag.size', 'manifest.unlisted_file']],
  ['a file is put beside the payload', (f) => f.set('extra.txt', utf8('x')), ['manifest.unlisted_file']],
  [
    'the bag asks to fetch more',
    (f) => f.set('fetch.txt', utf8('https://evil.example/x 1 data/x\n')),
    ['manifest.unlisted_file'],
  ],
  [
    'the bag’s information is changed',
    (f) => edit(f, 'bag-info.txt', (t) => t.replace('Acme', 'Evil')),
    ['manifest.altered_file'],
  ],
  [
    'the declaration is changed',
    (f) => edit(f, 'bagit.txt', (t) => t.replace('1.0', '0.97')),
    ['bag.malformed', 'manifest.altered_file'],
  ],
  ['the manifest is missing', drop('manifest-sha256.txt'), ['bag.malformed', 'manifest.missing_file']],
  [
    'the manifest climbs out of the bag',
    (f) => edit(f, 'manifest-sha256.txt', (t) => `${t}${'0'.repeat(64)}  data/../../etc/passwd\n`),
    ['bag.malformed', 'manifest.altered_file'],
  ],
  [
    'the manifest names a file twice',
    (f) => edit(f, 'manifest-sha256.txt', (t) => t + t),
    ['bag.malformed', 'manifest.altered_file'],
  ],
  [
    'the tag manifest is changed',
    (f) => edit(f, 'tagmanifest-sha256.txt', (t) => t.split('\n').slice(1).join('\n')),
    ['manifest.unlisted_file', 'signature.bad'],
  ],
  [
    'the signature is changed',
    (f) => edit(f, 'tagmanifest-sha256.txt.sig', (t) => t.replace('QJpz', 'QJpy')),
    ['signature.bad'],
  ],
  ['the signature is no signature', (f) => f.set('tagmanifest-sha256.txt.sig', utf8('x')), ['signature.bad']],
  [
    'a name has a space',
    (f) => f.set('data/a b.txt', utf8('x')),
    ['bag.size', 'bag.unsafe_name', 'manifest.unlisted_file'],
  ],
]

describe('a bundle that was tampered with', () => {
  it.each(shallow)('C29: %s', async (_, tamper, expected) => {
    const files = new Map(sample)
    tamper(files)
    expect(codes(await verify(files))).toEqual([...expected].sort())
  })

  it('C29: shows where any one byte of it was changed', async () => {
    for (const path of sample.keys()) {
      const files = new Map(sample)
      flip(path)(files)
      const report = await verify(files)
      expect(report.verified, path).toBe(false)
      expect(
        report.findings.some((f) => f.level === 'fail' && f.where.file !== ''),
        path,
      ).toBe(true)
    }
  })

  it('is not shown to be signed if the signature is missing', async () => {
    const files = new Map(sample)
    files.delete('tagmanifest-sha256.txt.sig')
    const report = await verify(files)
    expect(report).toMatchObject({ authenticity: 'not-shown', verified: false })
    expect(codes(report, 'not-shown')).toEqual(['signature.missing'])
  })

  it('has no verdict on integrity without a log', async () => {
    const files = new Map(sample)
    drop('data/log/')(files)
    reseal(files)
    const report = await verify(files)
    expect(report.integrity).toBe('not-shown')
    expect(codes(report, 'not-shown')).toContain('log.not_shown')
  })
})
