import { describe, expect, it } from 'vitest'
import { utf8 } from '../bytes'
import { type Files, readerOf, reseal } from '../folder.test-support'
import { type Crime, codes, revokedFirst, tell, verdictOn } from '../story.test-support'
import { verifyBundle } from '../verify'
import { POLICY, type World } from '../world.test-support'
import { ACTION, breakGlass, enrol, issue, request } from '../world-acts.test-support'
import { pack, sourceOf } from '../world-bundle.test-support'

const QUORUM = 'warrant.quorum_not_met'
const runs = (w: World) => issue(w, { approvals: [] })

/** Nobody approved; Dana broke the glass, in this way or another. */
const broken = (how: Partial<Parameters<typeof breakGlass>[1]> = {}, minutes?: number) => ({
  'bob approves': null,
  'dana approves': (w: World) => breakGlass(w, { approver: 'usr_dana', ...how }, minutes),
  issued: runs,
})

// Everything is signed and logged and witnessed as it should be: what is wrong is how the glass was broken.
const crimes: Crime[] = [
  ['C20: it was signed by nobody', broken({ method: 'session' }), ['approval.too_weak', QUORUM]],
  [
    'C20: the executor’s owner let it run',
    broken({ approver: 'usr_erin' }),
    ['approval.by_executor_owner', QUORUM],
  ],
  [
    'C05: an approval was signed, and counted as an emergency',
    broken({ statement: { decision: 'approve' } }),
    ['approval.statement_mismatch', QUORUM],
  ],
  [
    'C05: another action was let run',
    broken({ action: { ...ACTION, target: 'svc_other' } }),
    ['approval.statement_mismatch', QUORUM],
  ],
  [
    'C06: the statement had expired',
    broken({ statement: { exp: '2026-03-02T08:00:00.001Z' } }),
    ['approval.out_of_time', QUORUM],
  ],
  ['C09: nobody touched the passkey', broken({ flags: 4 }), ['approval.user_not_present', QUORUM]],
  ['C09: nobody unlocked the passkey', broken({ flags: 1 }), ['approval.user_not_verified', QUORUM]],
  [
    'C09: it was signed on another site',
    broken({ ceremony: { client: (said) => ({ ...said, origin: 'https://evil.example' }) } }),
    ['approval.wrong_origin', QUORUM],
  ],
  [
    'C09: something else was signed',
    broken({ ceremony: { client: (said) => ({ ...said, challenge: 'b3RoZXI' }) } }),
    ['approval.wrong_challenge', QUORUM],
  ],
  [
    'C09: the key was asked for another name',
    broken({ ceremony: { auth: (data) => data.map((byte, at) => (at < 32 ? 0 : byte)) } }),
    ['approval.wrong_rp_id', QUORUM],
  ],
  [
    'C10: the key is another person’s',
    broken({ credential: 'cred_usr_bob' }),
    ['approval.key_of_another', QUORUM],
  ],
  [
    'C10: the key had been revoked',
    {
      ...broken({ approver: 'usr_bob' }),
      requested: revokedFirst,
    },
    ['approval.key_revoked', QUORUM],
  ],
  [
    'C10: the key was enrolled later',
    {
      ...broken(),
      'dana enrols': null,
      'dana approves': (w) => {
        const early = { ...w, log: [...w.log] }
        enrol(early, 'usr_dana')
        breakGlass(w, { approver: 'usr_dana' })
        const { clock } = w
        w.log.push(...early.log.slice(-1))
        w.clock = clock
      },
    },
    ['approval.key_enrolled_later', QUORUM],
  ],
  ['C20: its hour was over when the warrant was issued', broken({}, 0), [QUORUM]],
  [
    'C05: the action was amended after it',
    {
      ...broken(),
      issued: (w) => {
        request(w, { revision: 2 })
        runs(w)
      },
    },
    [QUORUM],
  ],
]

describe('a case in which somebody broke the glass', () => {
  it('C20: says so, and nothing is wrong where they signed for exactly this', async () => {
    const report = await verdictOn(tell(broken()))
    expect(codes(report)).toEqual([])
    expect(report.verified).toBe(true)
    expect(codes(report, 'note')).toContain('warrant.break_glass')
  })

  it.each(crimes)('%s', async (_, telling, expected) => {
    const report = await verdictOn(tell(telling))
    expect(codes(report)).toEqual([...expected].sort())
    expect(report.verified).toBe(false)
  })

  it.each<[string, (files: Files, folder: string) => void, string[]]>([
    [
      'its statement is missing',
      (files, folder) => files.delete(`${folder}statement.json`),
      ['approval.statement_missing', QUORUM],
    ],
    [
      'its statement is changed',
      (files, folder) => files.set(`${folder}statement.json`, utf8('{}')),
      ['approval.statement_altered', QUORUM],
    ],
    [
      'its signature is missing',
      (files, folder) => files.delete(`${folder}signature.bin`),
      ['approval.assertion_missing', QUORUM],
    ],
    [
      'its signature is another one',
      (files, folder) => files.set(`${folder}signature.bin`, utf8('another')),
      ['approval.assertion_altered', 'approval.bad_signature', QUORUM],
    ],
    [
      'another emergency is put in',
      (files) => files.set('data/emergencies/0/statement.json', utf8('{}')),
      ['approval.unrecorded'],
    ],
  ])('C31: %s', async (_, tamper, expected) => {
    const files = await pack(sourceOf(tell(broken())))
    const [path = ''] = [...files.keys()].filter((name) => name.startsWith('data/emergencies/'))
    tamper(files, path.slice(0, path.lastIndexOf('/') + 1))
    reseal(files)
    expect(codes(await verifyBundle(readerOf(files), { policy: POLICY }))).toEqual([...expected].sort())
  })
})
