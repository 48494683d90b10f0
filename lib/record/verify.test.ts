import { describe, expect, it } from 'vitest'
import { readerOf } from './folder.test-support'
import { vectorText } from './vectors.test-support'
import { verifyBundle } from './verify'
import { allowedSigners, codes, policy, sample, verify } from './verify/tamper.test-support'

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

describe('the auditor’s own files', () => {
  it('C24: a checkpoint of another history shows the fork', async () => {
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
  })
})
