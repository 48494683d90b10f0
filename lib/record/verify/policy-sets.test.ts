import { describe, expect, it } from 'vitest'
import { utf8 } from '../bytes'
import { sha256Hex } from '../digest'
import { edit, type Files, readerOf, reseal } from '../folder.test-support'
import { codes, tell } from '../story.test-support'
import { type Report, verifyBundle } from '../verify'
import { POLICY, POLICY_SET } from '../world.test-support'
import { pack, sourceOf } from '../world-bundle.test-support'
import { sample, verify } from './tamper.test-support'

const path = `data/policies/${sha256Hex(POLICY_SET)}.json`

async function verdictAfter(tamper: (files: Files) => void): Promise<Report> {
  const files = await pack(sourceOf(tell()))
  tamper(files)
  reseal(files)
  return verifyBundle(readerOf(files), { policy: POLICY })
}

describe('the policy sets in a bundle', () => {
  it('C11: are the rules that every event names', async () => {
    const report = await verdictAfter(() => {})
    expect(report.verified).toBe(true)
    expect(codes(report, 'note')).not.toContain('policy_set.missing')
  })

  it('C31: cannot be changed', async () => {
    const report = await verdictAfter((files) =>
      edit(files, path, (text) => text.replace('permit', 'forbid')),
    )
    expect(codes(report)).toEqual(['policy_set.altered'])
    expect(report.integrity).toBe('fail')
    expect(report.findings.find(({ code }) => code === 'policy_set.altered')?.where.file).toBe(path)
  })

  it('C31: cannot be put in', async () => {
    const other = utf8('{"all.cedar":"forbid (principal, action, resource);"}')
    const report = await verdictAfter((files) => files.set(`data/policies/${sha256Hex(other)}.json`, other))
    expect(codes(report)).toEqual(['policy_set.unrecorded'])
  })

  it('are said to be missing once each where they are, and what happened still stands', async () => {
    const report = await verdictAfter((files) => files.delete(path))
    const missing = report.findings.filter(({ code }) => code === 'policy_set.missing')
    expect(missing.map(({ level, where }) => [level, where.line])).toEqual([['note', 1]])
    expect(report.verified).toBe(true)
  })

  it('may lack in bundles from before they were in them', async () => {
    const report = await verify(sample)
    expect(report.verified).toBe(true)
    expect(codes(report, 'note')).toContain('policy_set.missing')
  })
})
