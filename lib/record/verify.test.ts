import { describe, expect, it } from 'vitest'
import { fromUtf8, utf8 } from './bytes'
import { edit, editLines, type Files, readerOf, readFolder, reseal } from './folder.test-support'
import { ed25519Signer } from './signature'
import { allowedSignersLine, parseSshsig } from './sshsig'
import { SAMPLE_BAG, vectorText } from './vectors.test-support'
import { type Report, verifyBundle } from './verify'

const EVENTS = 'data/events.ndjson'
const PROOFS = 'data/log/proofs.ndjson'
const sample = readFolder(SAMPLE_BAG)
const policy = vectorText('sample-bag/data/log/policy')
const { publicKey } = parseSshsig(vectorText('sample-bag/tagmanifest-sha256.txt.sig'))
const allowedSigners = allowedSignersLine('onrecord.example', publicKey)

const verify = (files: Files, options = {}) => verifyBundle(readerOf(files), { policy, ...options })

function codes({ findings }: Report, level = 'fail'): string[] {
  return [...new Set(findings.filter((finding) => finding.level === level).map(({ code }) => code))].sort()
}

describe('the published bundle', () => {
  it('C29: is verified under the auditor’s own policy', async () => {
    const report = await verify(sample, { allowedSigners })
    expect(codes(report)).toEqual([])
    expect(report).toMatchObject({
      integrity: 'pass',
      completeness: 'pass',
      authenticity: 'pass',
      verified: true,
    })
    expect(report.conclusion).toBe('Verified, with auditor and peer as witnesses under your own policy.')
    expect(report.streams).toEqual([{ case: 'case_01JNX7Q4ZP', events: 19 }])
    expect(report.log).toMatchObject({ origin: 'onrecord.example/log/acme', size: 287 })
  })

  it('is never called verified under the policy that it brings along', async () => {
    const report = await verifyBundle(readerOf(sample))
    expect(report).toMatchObject({
      integrity: 'pass',
      completeness: 'pass',
      authenticity: 'not-shown',
      verified: false,
    })
    expect(codes(report, 'not-shown')).toEqual(['policy.not_independent'])
    expect(report.conclusion).toContain('not independently')
  })

  it('is read alike in pieces of any size', async () => {
    for (const chunk of [1, 7, 4096]) {
      expect(await verifyBundle(readerOf(sample, chunk), { policy })).toEqual(await verify(sample))
    }
  })

  it('C24: is verified against a checkpoint that the auditor kept', async () => {
    const kept = vectorText('sample-bag/data/anchors/280.checkpoint')
    const report = await verify(sample, { checkpoints: [kept] })
    expect(report.verified).toBe(true)
    expect(codes(report, 'note')).toContain('kept.consistent')
  })
})

type Tampering = [what: string, tamper: (files: Files) => void, codes: string[]]

const drop =
  (...prefixes: string[]) =>
  (files: Files) => {
    for (const path of files.keys())
      if (prefixes.some((prefix) => path.startsWith(prefix))) files.delete(path)
  }
const flip = (path: string) => (files: Files) => {
  const bytes = files.get(path)?.slice() ?? new Uint8Array(1)
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
  files.set(path, bytes)
}
const inEvents = (change: (text: string) => string) => (files: Files) => edit(files, EVENTS, change)
const without =
  (...numbers: number[]) =>
  (files: Files) => {
    for (const path of [EVENTS, PROOFS])
      editLines(files, path, (lines) => lines.filter((_, i) => !numbers.includes(i)))
  }
const evidence = [...sample.keys()].find((path) => path.endsWith('.txt') && path.includes('/evidence/')) ?? ''

/** After each of these the manifests are made right again and signed anew: only the record itself can tell. */
const resealed: Tampering[] = [
  [
    'an event is edited',
    inEvents((t) => t.replace('leaked GitHub token', 'harmless GitHub token')),
    ['chain.broken', 'entry.mismatch'],
  ],
  [
    'the last event is edited',
    inEvents((t) => t.replace('"usr_audra"', '"usr_mallory"')),
    ['entry.mismatch', 'head.mismatch'],
  ],
  ['an event is deleted', without(4), ['chain.gap']],
  ['the first event is deleted', without(0), ['chain.gap']],
  [
    'an event is deleted, its proof kept',
    (f) => editLines(f, EVENTS, (l) => l.toSpliced(4, 1)),
    ['chain.gap', 'entry.mismatch', 'head.mismatch', 'proof.surplus'],
  ],
  [
    'two events are swapped',
    (f) => editLines(f, EVENTS, (l) => l.toSpliced(3, 2, l[4] ?? '', l[3] ?? '')),
    ['chain.broken', 'chain.gap', 'chain.out_of_order', 'entry.mismatch', 'event.time'],
  ],
  [
    'an event is there twice',
    (f) => {
      for (const p of [EVENTS, PROOFS]) editLines(f, p, (l) => l.toSpliced(4, 0, l[4] ?? ''))
    },
    ['chain.out_of_order', 'log.order'],
  ],
  ['the tail is cut off', without(18), ['head.mismatch', 'stream.hidden_events', 'tail.open']],
  [
    'much of the tail is cut off',
    without(15, 16, 17, 18),
    ['head.mismatch', 'stream.hidden_events', 'tail.open'],
  ],
  [
    'a line is not canonical',
    inEvents((t) => t.replace('"seq":3', '"seq": 3')),
    ['chain.gap', 'event.not_canonical'],
  ],
  [
    'a key is there twice',
    inEvents((t) => t.replace('"seq":3', '"seq":3,"seq":3')),
    ['chain.gap', 'event.not_canonical'],
  ],
  [
    'a number has a fraction',
    inEvents((t) => t.replace('"bytes":72', '"bytes":72.0')),
    ['chain.gap', 'event.not_canonical', 'evidence.unrecorded'],
  ],
  [
    'a line is not an event',
    (f) => editLines(f, EVENTS, (l) => l.toSpliced(3, 1, '{}')),
    ['chain.gap', 'event.malformed'],
  ],
  [
    'a line is broken off',
    inEvents((t) => t.slice(0, -40)),
    ['event.malformed', 'head.mismatch', 'proof.surplus', 'stream.hidden_events', 'tail.open'],
  ],
  [
    'there are no events',
    drop(EVENTS),
    [
      'approval.unrecorded',
      'event.malformed',
      'evidence.unrecorded',
      'proof.surplus',
      'tail.open',
      'warrant.unrecorded',
    ],
  ],
  [
    'a proof is changed',
    (f) => edit(f, PROOFS, (t) => t.replace('"path":["ck', '"path":["cl')),
    ['proof.bad'],
  ],
  [
    'a proof has another index',
    (f) => edit(f, PROOFS, (t) => t.replace('"index":253', '"index":252')),
    ['proof.bad'],
  ],
  ['a proof is no proof', (f) => editLines(f, PROOFS, (l) => l.toSpliced(3, 1, '[]')), ['proof.malformed']],
  [
    'a proof is missing',
    (f) => editLines(f, PROOFS, (l) => l.toSpliced(-1, 1)),
    ['head.mismatch', 'proof.missing'],
  ],
  ['all proofs are missing', drop(PROOFS), ['head.mismatch', 'proof.missing']],
  ['evidence is changed', flip(evidence), ['evidence.altered']],
  ['evidence is swapped', (f) => f.set(evidence, sample.get(EVENTS) ?? utf8('')), ['evidence.altered']],
  ['evidence is missing', drop(evidence), ['evidence.missing']],
  [
    'evidence is put in',
    (f) => f.set(`data/evidence/${'0'.repeat(64)}.txt`, utf8('')),
    ['evidence.unrecorded'],
  ],
  [
    'the checkpoint has another size',
    (f) => edit(f, 'data/log/checkpoint', (t) => t.replace('\n287\n', '\n288\n')),
    [
      'checkpoint.bad_signature',
      'consistency.malformed',
      'head.mismatch',
      'witness.forged',
      'witness.quorum_not_met',
    ],
  ],
  [
    'the checkpoint is not signed by the log',
    (f) => edit(f, 'data/log/checkpoint', (t) => t.replace(/— onrecord.*\n/, '')),
    ['checkpoint.not_signed'],
  ],
  [
    'the checkpoint has no witness',
    (f) => edit(f, 'data/log/checkpoint', (t) => t.replace(/— witness.*\n/g, '')),
    ['witness.quorum_not_met'],
  ],
  [
    'the checkpoint is no checkpoint',
    (f) => f.set('data/log/checkpoint', utf8('hello\n')),
    ['checkpoint.malformed'],
  ],
  [
    'a witness is forged',
    (f) => edit(f, 'data/log/checkpoint', (t) => t.replace('MGFEzwAAAABppUSn', 'MGFEzwAAAABppUSm')),
    ['witness.forged'],
  ],
  [
    'the proof of the head is of another event',
    (f) => edit(f, 'data/log/head.tlog-proof', (t) => t.replace('index 285', 'index 284')),
    ['head.mismatch'],
  ],
  [
    'an entry of the log is changed',
    (f) => edit(f, 'data/log/tile/entries/001.p/31', (t) => t.replace('case_other_00', 'case_other_99')),
    ['tile.altered'],
  ],
  [
    'a bundle of entries is cut short',
    (f) => f.set('data/log/tile/entries/000', new Uint8Array(3)),
    ['tile.malformed'],
  ],
  ['a hash tile is changed', flip('data/log/tile/0/000'), ['tile.altered']],
  [
    'a proof of consistency is changed',
    (f) => edit(f, 'data/log/consistency/280-287', (t) => t.replace('nU+A', 'nU+B')),
    ['consistency.malformed'],
  ],
  [
    'a proof of consistency is of another log',
    (f) => edit(f, 'data/log/consistency/280-287', (t) => t.replace('\n287\n', '\n286\n')),
    ['consistency.malformed'],
  ],
  [
    'an older checkpoint is changed',
    (f) => edit(f, 'data/anchors/280.checkpoint', (t) => t.replace('Rxkm', 'Rxkn')),
    ['anchor.not_signed', 'anchor.timestamp_mismatch', 'log.forked'],
  ],
  [
    'an older checkpoint is misnamed',
    (f) => {
      f.set('data/anchors/279.checkpoint', f.get('data/anchors/280.checkpoint') ?? utf8(''))
    },
    ['anchor.malformed'],
  ],
  [
    'a timestamp is changed',
    (f) => f.set('data/anchors/280.tsr', utf8('hello')),
    ['anchor.timestamp_mismatch'],
  ],
  [
    'a statement is changed',
    (f) =>
      edit(f, 'data/approvals/apr_2/statement.json', (t) =>
        t.replace('9f2c', '9f2d').replace('usr_bob', 'usr_eve'),
      ),
    ['approval.statement_altered', 'warrant.quorum_not_met'],
  ],
  [
    'a statement is missing',
    drop('data/approvals/apr_2/statement.json'),
    ['approval.statement_missing', 'warrant.quorum_not_met'],
  ],
  [
    'a statement of another approval is put in its place',
    (f) =>
      f.set('data/approvals/apr_2/statement.json', f.get('data/approvals/apr_1/statement.json') ?? utf8('')),
    ['approval.statement_altered', 'warrant.quorum_not_met'],
  ],
  [
    'a signature is changed',
    flip('data/approvals/apr_2/signature.bin'),
    ['approval.assertion_altered', 'approval.bad_signature', 'warrant.quorum_not_met'],
  ],
  [
    'a signature is missing',
    drop('data/approvals/apr_2/signature.bin'),
    ['approval.assertion_missing', 'warrant.quorum_not_met'],
  ],
  [
    'client data is changed',
    (f) =>
      edit(f, 'data/approvals/apr_2/clientdata.json', (t) => t.replace('onrecord.example', 'onrecord.evil')),
    ['approval.assertion_altered', 'approval.wrong_origin', 'warrant.quorum_not_met'],
  ],
  [
    'authenticator data is changed',
    flip('data/approvals/apr_2/authdata.bin'),
    ['approval.assertion_altered', 'approval.wrong_rp_id', 'warrant.quorum_not_met'],
  ],
  [
    'a credential is swapped',
    (f) =>
      f.set('data/approvals/apr_2/credential.pem', f.get('data/approvals/apr_3/credential.pem') ?? utf8('')),
    ['approval.key_mismatch', 'warrant.quorum_not_met'],
  ],
  [
    'an approval is put in',
    (f) =>
      f.set('data/approvals/apr_9/statement.json', f.get('data/approvals/apr_1/statement.json') ?? utf8('')),
    ['approval.unrecorded'],
  ],
  [
    'all approvals are missing',
    drop('data/approvals/'),
    ['approval.statement_missing', 'warrant.quorum_not_met'],
  ],
  [
    'the registry is missing',
    drop('data/registry.ndjson'),
    ['approval.key_not_enrolled', 'warrant.key_not_published', 'warrant.quorum_not_met'],
  ],
  [
    'an enrolment is missing',
    (f) => editLines(f, 'data/registry.ndjson', (l) => l.toSpliced(1, 1)),
    ['approval.key_not_enrolled', 'warrant.quorum_not_met'],
  ],
  [
    'an enrolment is changed',
    (f) =>
      editLines(f, 'data/registry.ndjson', (l) =>
        l.map((x) =>
          x.replace(
            /"event":"[^"]*"/,
            (m) =>
              `"event":"${Buffer.from(Buffer.from(m.slice(9, -1), 'base64').toString().replaceAll('usr_dana', 'usr_eve')).toString('base64')}"`,
          ),
        ),
      ),
    ['approval.key_not_enrolled', 'registry.proof', 'warrant.quorum_not_met'],
  ],
  [
    'the registry is not readable',
    (f) => editLines(f, 'data/registry.ndjson', (l) => ['{}', ...l]),
    ['registry.malformed'],
  ],
  [
    'the registry is out of order',
    (f) => editLines(f, 'data/registry.ndjson', (l) => [l[1] ?? '', l[0] ?? '', l[2] ?? '']),
    ['registry.chain', 'warrant.key_not_published'],
  ],
  ['a warrant is missing', drop('data/warrants/wrt_'), ['warrant.missing']],
  [
    'a warrant is changed',
    (f) => edit(f, 'data/warrants/wrt_5b1288bdb86ccf33cc0158.jwt', (t) => t.replace('.3pug', '.3puh')),
    ['warrant.altered', 'warrant.bad_signature'],
  ],
  ['a warrant is put in', (f) => f.set('data/warrants/wrt_9.jwt', utf8('a.b.c\n')), ['warrant.unrecorded']],
  ['the warrants’ keys are missing', drop('data/warrants/jwks.json'), ['warrant.unknown_key']],
  [
    'the warrants’ key is changed',
    (f) => edit(f, 'data/warrants/jwks.json', (t) => t.replace('wj0An', 'wj0Ao')),
    ['warrant.bad_signature'],
  ],
]

describe('a bundle that was tampered with and signed again', () => {
  it.each(resealed)('C31: %s', async (_, tamper, expected) => {
    const files = new Map(sample)
    tamper(files)
    reseal(files)
    const report = await verify(files)
    expect(codes(report)).toEqual([...expected].sort())
    expect(report.verified).toBe(false)
    expect(report.conclusion).toMatch(/^Verification failed/)
    expect(codes(await verify(files, { allowedSigners }))).toContain('signature.unknown_signer')
  })
})

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

describe('the auditor’s own files', () => {
  it('C24: a checkpoint of another history shows the fork', async () => {
    const own = ed25519Signer(new Uint8Array(32).fill(1))
    expect(own.publicKey).toHaveLength(32)
    const kept = vectorText('sample-bag/data/anchors/280.checkpoint').replace('Rxkm', 'Rxkn')
    expect(codes(await verify(sample, { checkpoints: [kept] }))).toEqual(['kept.not_signed', 'log.forked'])
  })

  it('a checkpoint of another log is not comparable', async () => {
    const kept = vectorText('published/tessera/log/checkpoint.5')
    const report = await verify(sample, { checkpoints: [kept] })
    expect(codes(report, 'not-shown')).toEqual(['kept.not_comparable'])
    expect(report.verified).toBe(false)
  })

  it('a policy with other keys does not take the log', async () => {
    const other = policy.replace(
      /^log .*$/m,
      `log ${'example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx'}`,
    )
    expect(codes(await verify(sample, { policy: other }))).toEqual([
      'anchor.not_signed',
      'checkpoint.not_signed',
    ])
  })

  it('a policy without witnesses is not enough', async () => {
    const report = await verify(sample, { policy: policy.replace('quorum witnesses', 'quorum none') })
    expect(report).toMatchObject({ authenticity: 'not-shown', verified: false })
    expect(codes(report, 'not-shown')).toEqual(['witness.none'])
  })

  it('a policy that cannot be read is not skipped', async () => {
    expect(codes(await verify(sample, { policy: 'log nothing\n' }))).toEqual(['policy.malformed'])
    expect(fromUtf8(utf8(policy))).toBe(policy)
  })
})
