import { describe, expect, it } from 'vitest'
import { readerOf } from './folder.test-support'
import { ordinarily, type StepName, tell } from './story.test-support'
import { type Report, type VerifyOptions, verifyBundle } from './verify'
import {
  ACTION,
  approve,
  attach,
  CASE,
  enrol,
  issue,
  type Packing,
  POLICY,
  pack,
  record,
  request,
  signedHead,
  sourceOf,
  type World,
} from './world.test-support'

async function verify(world: World, packing: Packing = {}, options: VerifyOptions = {}): Promise<Report> {
  return verifyBundle(readerOf(await pack(sourceOf(world, packing))), { policy: POLICY, ...options })
}

function codes({ findings }: Report, level = 'fail'): string[] {
  return [...new Set(findings.filter((finding) => finding.level === level).map(({ code }) => code))].sort()
}

describe('an ordinary case', () => {
  it('C29: is verified', async () => {
    const report = await verify(tell())
    expect(codes(report)).toEqual([])
    expect(report).toMatchObject({
      integrity: 'pass',
      completeness: 'pass',
      authenticity: 'pass',
      verified: true,
    })
  })

  it('C29: is verified without the whole log, as far as its own stream goes', async () => {
    const report = await verify(tell(), { tiles: false })
    expect(codes(report)).toEqual([])
    expect(report.verified).toBe(true)
  })

  it('C30: is verified again when a second export extends the first', async () => {
    const world = tell()
    const kept = signedHead(world)
    record(world, CASE, 'usr_alice', 'comment.added', { text: 'more' })
    record(world, CASE, 'usr_audra', 'case.exported', { scope: 'case' })
    const old = kept.split('\n')[1]
    expect(codes(await verify(world, {}, { checkpoints: [kept] }))).toEqual([])
    const withoutLog = await verify(world, { tiles: false, old: Number(old) }, { checkpoints: [kept] })
    expect(codes(withoutLog, 'note')).toContain('kept.consistent')
    expect(withoutLog.verified).toBe(true)
  })

  it('C31: says that a first export is not all that there is by now', async () => {
    const world = tell()
    record(world, CASE, 'usr_alice', 'comment.added', { text: 'after the export' })
    const last = world.log.findLast((event) => event.case === CASE)?.seq ?? 0
    const report = await verify(world, { hide: (seq) => seq === last })
    expect(report.verified).toBe(true)
    expect(codes(report, 'note')).toContain('tail.later_events')
  })
})

type Telling = Partial<Record<StepName, ((world: World) => unknown) | null>>
type Crime = [what: string, telling: Telling, codes: string[]]

const revoked = (world: World) => {
  ordinarily('requested')(world)
  record(world, 'registry', 'usr_bob', 'credential.revoked', { credential_id: 'cred_usr_bob' })
}
const redeem = ordinarily('redeemed')
const QUORUM = 'warrant.quorum_not_met'

/** Everything is signed and logged and witnessed as it should be: what is wrong is what was done. */
const approvals: Crime[] = [
  [
    'C02: the requester approved',
    {
      requested: (w) => request(w, { requester: 'usr_bob' }),
      'bob approves': (w) => approve(w, { approver: 'usr_bob', statement: { requester: 'usr_bob' } }),
      'dana approves': (w) => approve(w, { approver: 'usr_dana', statement: { requester: 'usr_bob' } }),
      issued: (w) => issue(w, { sub: 'usr_bob' }),
    },
    ['approval.by_requester', QUORUM],
  ],
  [
    "C02: the executor's owner approved",
    {
      'bob approves': (w) => approve(w, { approver: 'usr_erin' }),
      issued: (w) =>
        issue(w, {
          approvals: [
            { id: 'apr_usr_erin', sub: 'usr_erin' },
            { id: 'apr_usr_dana', sub: 'usr_dana' },
          ],
        }),
    },
    ['approval.by_executor_owner', QUORUM],
  ],
  [
    'C04: one person approved twice',
    {
      'dana approves': (w) => {
        enrol(w, 'usr_bob', 'cred_second')
        approve(w, { approver: 'usr_bob', id: 'apr_second', credential: 'cred_second' })
      },
      issued: (w) =>
        issue(w, {
          approvals: [
            { id: 'apr_usr_bob', sub: 'usr_bob' },
            { id: 'apr_second', sub: 'usr_bob' },
          ],
        }),
    },
    [QUORUM],
  ],
  [
    'C05: the action was amended after the approvals',
    {
      issued: (w) => {
        request(w, { revision: 2, action: { ...ACTION, target: 'root' } })
        issue(w)
      },
    },
    ['warrant.mismatch', QUORUM],
  ],
  [
    'C05: what was approved is another action',
    { 'bob approves': (w) => approve(w, { approver: 'usr_bob', action: { ...ACTION, target: 'root' } }) },
    ['approval.statement_mismatch', QUORUM],
  ],
  [
    "C05: the action's digest is another action's",
    { requested: (w) => request(w, { actionDigest: `sha256:${'0'.repeat(64)}` }) },
    ['action.digest_mismatch', 'approval.statement_mismatch', 'warrant.mismatch', QUORUM],
  ],
  [
    'C06: the statement had expired',
    {
      'bob approves': (w) =>
        approve(w, { approver: 'usr_bob', statement: { exp: '2026-03-02T08:00:01.000Z' } }),
    },
    ['approval.out_of_time', QUORUM],
  ],
  [
    'C06: the statement is from the future',
    {
      'bob approves': (w) =>
        approve(w, { approver: 'usr_bob', statement: { iat: '2026-03-02T09:00:00.000Z' } }),
    },
    ['approval.out_of_time', QUORUM],
  ],
  [
    'the approver saw another case',
    {
      'bob approves': (w) =>
        approve(w, { approver: 'usr_bob', head: w.log.find((e) => e.case === 'case_2')?.body ?? '' }),
    },
    ['approval.head_unknown', QUORUM],
  ],
  [
    'C10: the key was enrolled later',
    {
      'bob enrols': null,
      'bob approves': (w) => {
        const early = { ...w, log: [...w.log] }
        enrol(early, 'usr_bob')
        approve(w, { approver: 'usr_bob' })
        const { clock } = w
        w.log.push(...early.log.slice(-1))
        w.clock = clock
      },
    },
    ['approval.key_enrolled_later', QUORUM],
  ],
  ['C10: the key had been revoked', { requested: revoked }, ['approval.key_revoked', QUORUM]],
  [
    "C10: the key is another person's",
    { 'bob approves': (w) => approve(w, { approver: 'usr_bob', credential: 'cred_usr_erin' }) },
    ['approval.key_of_another', QUORUM],
  ],
  [
    'C10: the key was never enrolled',
    {
      'bob enrols': (w) => {
        enrol({ ...w, log: [] }, 'usr_bob')
      },
    },
    ['approval.key_not_enrolled', QUORUM],
  ],
  [
    'C09: the approver was not verified',
    { 'bob approves': (w) => approve(w, { approver: 'usr_bob', flags: 1 }) },
    ['approval.user_not_verified', QUORUM],
  ],
  [
    'C09: the passkey was used on another origin',
    {
      'bob approves': (w) => approve(w, { approver: 'usr_bob', statement: { aud: 'https://evil.example' } }),
    },
    ['approval.statement_mismatch', QUORUM],
  ],
  [
    'too few approved',
    {
      'dana approves': null,
      issued: (w) => issue(w, { approvals: [{ id: 'apr_usr_bob', sub: 'usr_bob' }] }),
    },
    [QUORUM],
  ],
]

const warrants: Crime[] = [
  [
    'C51: a warrant was redeemed twice',
    {
      redeemed: (w) => {
        redeem(w)
        redeem(w)
      },
    },
    ['warrant.redeemed_twice'],
  ],
  [
    'C51: a warrant was issued twice',
    {
      issued: (w) => {
        ordinarily('issued')(w)
        ordinarily('issued')(w)
      },
    },
    ['warrant.altered', 'warrant.issued_twice'],
  ],
  [
    'C51: a warrant was used twice',
    {
      executed: (w) => {
        ordinarily('executed')(w)
        ordinarily('executed')(w)
      },
    },
    ['action.executed_twice'],
  ],
  [
    'C50: a warrant lived too long',
    { issued: (w) => issue(w, { exp: Math.floor(w.clock / 1000) + 3600 }) },
    ['warrant.mismatch'],
  ],
  [
    'C50: a warrant was redeemed too late',
    {
      redeemed: (w) => {
        w.clock += 200_000
        redeem(w)
      },
    },
    ['warrant.redeemed_out_of_time'],
  ],
  [
    'C54: a warrant was redeemed after it was revoked',
    {
      redeemed: (w) => {
        record(w, CASE, 'usr_alice', 'warrant.revoked', { jti: 'wrt_1' })
        redeem(w)
      },
    },
    ['warrant.redeemed_after_revocation'],
  ],
  ['a warrant was redeemed but never issued', { issued: null }, ['warrant.not_issued']],
  ['an action ran without a warrant', { redeemed: null }, ['action.without_warrant']],
  [
    'a warrant is for another action',
    {
      issued: (w) =>
        issue(w, {
          authorization_details: [
            {
              type: 'onrecord_action',
              actions: ['x'],
              locations: ['x'],
              identifier: 'x',
              action_digest: 'sha256:00',
            },
          ],
        }),
    },
    ['warrant.mismatch'],
  ],
  [
    'a warrant names an approval that never was',
    { issued: (w) => issue(w, { approvals: [{ id: 'apr_x', sub: 'usr_x' }] }) },
    ['warrant.mismatch'],
  ],
  ['a warrant is for another case', { issued: (w) => issue(w, { case: 'case_2' }) }, ['warrant.mismatch']],
  [
    'a warrant is for another executor',
    { issued: (w) => issue(w, { act: { sub: 'nhi_other' } }) },
    ['warrant.mismatch'],
  ],
  ["the warrants' key was never published", { 'warrant key': null }, ['warrant.key_not_published']],
  [
    "the warrants' key was published later",
    {
      'warrant key': null,
      redeemed: (w) => {
        ordinarily('warrant key')(w)
        redeem(w)
      },
    },
    ['warrant.key_not_published'],
  ],
  [
    'another warrant was issued than is on record',
    { issued: (w) => issue(w, {}, { warrant_sha256: '0'.repeat(64) }) },
    ['warrant.altered'],
  ],
]

describe('a case in which something was done wrongly', () => {
  it.each([...approvals, ...warrants])('%s', async (_, telling, expected) => {
    const report = await verify(tell(telling))
    expect(codes(report)).toEqual([...expected].sort())
    expect(report).toMatchObject({ verified: false })
  })

  it('names the event', async () => {
    const { findings } = await verify(
      tell({
        redeemed: (w) => {
          redeem(w)
          redeem(w)
        },
      }),
    )
    const twice = findings.find(({ code }) => code === 'warrant.redeemed_twice')
    expect(twice?.where).toEqual({ file: 'data/events.ndjson', line: 8, case: CASE, seq: 7 })
  })

  it('C20: tells an emergency from an omission', async () => {
    const emergency = (w: World) =>
      record(w, CASE, 'usr_alice', 'breakglass.invoked', { request: 'req_1', reason: 'fire' })
    const report = await verify(
      tell({ 'bob approves': null, 'dana approves': emergency, issued: (w) => issue(w, { approvals: [] }) }),
    )
    expect(codes(report)).toEqual([])
    expect(codes(report, 'note')).toContain('warrant.break_glass')
  })

  it('shows a weaker approval as weaker', async () => {
    const report = await verify(
      tell({ 'bob approves': (w) => approve(w, { approver: 'usr_bob', method: 'fresh-sign-in' }) }),
    )
    expect(report.verified).toBe(true)
    expect(codes(report, 'note')).toContain('approval.weaker_method')
  })
})

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
    expect(codes(report, 'not-shown')).toEqual(['kept.not_comparable'])
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

describe('the registry', () => {
  const world = tell({ requested: revoked })
  const hidden = 4

  it('C10: cannot hide a revocation where the whole log is there', async () => {
    const report = await verify(world, { registry: (seq) => seq !== hidden })
    expect(report).toMatchObject({ completeness: 'not-shown', verified: false })
    expect(codes(report, 'not-shown')).toEqual(['registry.partial'])
  })

  it('C10: cannot hide one between others', async () => {
    const report = await verify(
      tell({
        'dana enrols': (w) => {
          ordinarily('dana enrols')(w)
          enrol(w, 'usr_x')
        },
      }),
      { tiles: false, registry: (seq) => seq !== 3 },
    )
    expect(codes(report, 'not-shown')).toEqual(['registry.partial'])
  })
})

describe('an erased body', () => {
  const erase = (world: World, seq: number, body?: string) => {
    const event = world.log.find((e) => e.case === CASE && e.seq === seq)
    if (!event) throw new Error('no such event')
    record(world, CASE, 'usr_admin', 'event.redacted', { seq, body: body ?? event.body })
    world.erased.add(event)
  }

  it('C36: leaves the rest as good as it was', async () => {
    const report = await verify(
      tell({
        executed: (w) => {
          ordinarily('executed')(w)
          erase(w, 0)
        },
      }),
    )
    expect(codes(report)).toEqual([])
    expect(report.verified).toBe(true)
    expect(codes(report, 'note')).toContain('redaction.erased')
  })

  it('C36: of evidence or of a warrant is not held against the bundle', async () => {
    for (const seq of [1, 5]) {
      const report = await verify(
        tell({
          executed: (w) => {
            ordinarily('executed')(w)
            erase(w, seq)
          },
        }),
      )
      expect(codes(report)).toEqual([])
    }
  })

  it('C36: has to be explained by an event', async () => {
    const silently = tell()
    const first = silently.log.find((e) => e.case === CASE)
    if (first) silently.erased.add(first)
    expect(codes(await verify(silently))).toEqual(['redaction.unexplained'])
    const wrongly = tell({
      executed: (w) => {
        ordinarily('executed')(w)
        erase(w, 0, '0'.repeat(64))
      },
    })
    expect(codes(await verify(wrongly))).toEqual(['redaction.mismatch'])
  })
})

describe('evidence', () => {
  it('C34: may be withheld on record, not in silence', async () => {
    const world = tell({ evidence: (w) => attach(w, 'secret') })
    const [digest = ''] = [...world.evidence.keys()]
    world.evidence.clear()
    expect(codes(await verify(world))).toEqual(['evidence.missing'])
    const said = tell({
      evidence: (w) => {
        attach(w, 'secret')
        record(w, CASE, 'usr_alice', 'evidence.withheld', { sha256: digest, reason: 'sealed' })
      },
    })
    said.evidence.clear()
    const report = await verify(said)
    expect(codes(report)).toEqual([])
    expect(codes(report, 'note')).toContain('evidence.withheld')
  })
})

describe('an export of several streams', () => {
  it('C29: covers everything, or says what it cannot show', async () => {
    const everything = tell({
      exported: null,
      'another case goes on': (w) => record(w, CASE, 'usr_audra', 'case.exported', { scope: 'everything' }),
    })
    const streams = ['registry', 'case_2', CASE]
    const report = await verify(everything, { streams })
    expect(codes(report)).toEqual([])
    expect(report.verified).toBe(true)
    expect(codes(await verify(everything, { streams, tiles: false }), 'not-shown')).toEqual([
      'tail.not_shown',
    ])
    expect(codes(await verify(everything, { streams: ['registry', CASE] }))).toEqual(['stream.hidden_events'])
  })

  it('C29: of a period says from where it starts', async () => {
    const period = tell({
      exported: (w) => record(w, CASE, 'usr_audra', 'case.exported', { scope: 'period' }),
    })
    const report = await verify(period, { hide: (seq) => seq < 1 })
    expect(codes(report)).toEqual([])
    expect(codes(report, 'not-shown')).toEqual(['chain.start_not_shown'])
  })
})
