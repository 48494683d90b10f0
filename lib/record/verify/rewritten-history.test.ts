import { describe, expect, it } from 'vitest'
import { codes, tell, verdictOn as verify } from '../story.test-support'
import { attach, CASE, record } from '../world.test-support'
import { signedHead } from '../world-bundle.test-support'

describe('an operator who rewrites history', () => {
  const honest = tell()
  const kept = signedHead(honest, 8)
  const rewritten = tell({ evidence: (w) => attach(w, 'something harmless') })

  it('C24: cannot show the checkpoint that the auditor kept', async () => {
    expect(codes(await verify(rewritten, {}, { checkpoints: [kept] }))).toEqual(['log.forked'])
    expect(codes(await verify(rewritten, { tiles: false, old: 8 }, { checkpoints: [kept] }))).toEqual([
      'log.forked',
    ])
    expect(codes(await verify(rewritten, {}, { checkpoints: [signedHead(honest)] }))).toEqual(['log.forked'])
  })

  it('C24: cannot get around it by showing no proof', async () => {
    const report = await verify(rewritten, { tiles: false }, { checkpoints: [kept] })
    expect(report).toMatchObject({ verified: false, authenticity: 'not-shown' })
    expect(codes(report, 'not-shown')).toEqual(['kept.not_comparable', 'registry.partial'])
  })

  it('C24: cannot go back behind what the auditor kept', async () => {
    const longer = tell()
    record(longer, 'case_2', 'usr_zoe', 'case.state', {})
    const report = await verify(honest, {}, { checkpoints: [signedHead(longer)] })
    expect(report.verified).toBe(false)
    expect(codes(report, 'not-shown')).toEqual(['kept.not_comparable'])
  })

  it('C24: cannot do without the witness', async () => {
    const report = await verify(rewritten, { witnessed: false })
    expect(codes(report)).toEqual(['witness.quorum_not_met'])
  })

  it('C31: cannot leave out an event, in the middle or at the end', async () => {
    expect(codes(await verify(honest, { hide: (seq) => seq === 1 }))).toEqual([
      'chain.gap',
      'evidence.unrecorded',
    ])
    expect(codes(await verify(honest, { hide: (seq) => seq >= 7 }))).toEqual([
      'stream.hidden_events',
      'tail.open',
    ])
    expect(codes(await verify(honest, { tiles: false, hide: (seq) => seq >= 7 }))).toEqual(['tail.open'])
  })

  it('C31: cannot hide events behind an earlier export', async () => {
    const world = tell({
      evidence: (w) => {
        record(w, CASE, 'usr_audra', 'case.exported', { scope: 'case' })
        attach(w, 'x')
      },
    })
    const cut = await verify(world, { hide: (seq) => seq > 1 })
    expect(codes(cut, 'note')).toContain('tail.later_events')
    expect(codes(await verify(world))).toEqual([])
  })

  it('C31: cannot log two events for one place', async () => {
    const world = tell()
    const event = world.log.find(({ case: name, seq }) => name === CASE && seq === 2)
    if (event) world.log.push({ ...event, body: 'ab'.repeat(32) })
    expect(codes(await verify(world, { hide: () => false }))).toContain('stream.duplicate_events')
  })
})
