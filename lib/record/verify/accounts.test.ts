import { describe, expect, it } from 'vitest'
import { bobSignsIn, codes, ordinarily, type Telling, tell, verdictOn as verify } from '../story.test-support'
import { record, type World } from '../world.test-support'
import { approve, enrol, identify, request } from '../world-acts.test-support'
import { ISSUER } from '../world-proofs.test-support'

// Bob signs in again for exactly what he approves, and the issuer's signature stands. Whose account that is, only the registry says.

const QUORUM = 'warrant.quorum_not_met'
const told = (change: Telling): Telling => ({ ...bobSignsIn(), ...change })
const saying = (data: object) => (world: World) =>
  record(world, 'registry', 'sys_sign_in', 'member.identified', data)
const bobs = { member: 'usr_bob', issuer: ISSUER, subject: 'subject of usr_bob' }

const crimes: [what: string, telling: Telling, code: string][] = [
  [
    'the account was made his only afterwards',
    { 'bob enrols': null, issued: (world) => [identify(world, 'usr_bob'), ordinarily('issued')(world)] },
    'approval.account_tied_later',
  ],
  [
    'the account is somebody else’s',
    { 'bob enrols': (world) => identify(world, 'usr_erin', 'subject of usr_bob') },
    'approval.account_of_another',
  ],
  ['nobody ever said whose account it is', { 'bob enrols': null }, 'approval.account_not_tied'],
  [
    'it is an account of that name at another issuer',
    { 'bob enrols': saying({ ...bobs, issuer: `${ISSUER}/` }) },
    'approval.account_not_tied',
  ],
  [
    'it is another account of his at that issuer',
    { 'bob enrols': saying({ ...bobs, subject: 'another' }) },
    'approval.account_not_tied',
  ],
  [
    'what ties it names no account',
    { 'bob enrols': saying({ member: 'usr_bob' }) },
    'approval.account_not_tied',
  ],
  [
    'what ties it names nobody',
    { 'bob enrols': saying({ ...bobs, member: null }) },
    'approval.account_of_another',
  ],
  [
    'it was said in his case, not in the registry',
    {
      'bob enrols': null,
      requested: (world) => [
        record(world, 'case_1', 'usr_bob', 'member.identified', bobs),
        ordinarily('requested')(world),
      ],
    },
    'approval.account_not_tied',
  ],
  [
    'the account is tied to two members',
    {
      'dana enrols': (world) => [enrol(world, 'usr_dana'), identify(world, 'usr_erin', 'subject of usr_bob')],
    },
    'approval.account_of_several',
  ],
  [
    'the account is given to somebody else afterwards',
    { issued: (world) => [ordinarily('issued')(world), identify(world, 'usr_erin', 'subject of usr_bob')] },
    'approval.account_of_several',
  ],
]

describe('the account that signs in for an approval', () => {
  it('C08: is the approver’s, as the registry said before', async () => {
    expect((await verify(tell(bobSignsIn()))).verified).toBe(true)
  })

  it('C08: is enough where somebody had to vouch, as a passkey is', async () => {
    const quorum = { approvals: 2, owner: false, assurance: 'vouched' }
    const asked = told({ requested: (world) => request(world, { quorum }) })
    expect(codes(await verify(tell(asked)))).toEqual([])
  })

  it('C08: may be said twice to be the same member’s: the first time counts', async () => {
    const again = told({ issued: (world) => [ordinarily('issued')(world), identify(world, 'usr_bob')] })
    expect(codes(await verify(tell(again)))).toEqual([])
  })

  it.each(crimes)('C69: does not count when %s', async (_, telling, code) => {
    const report = await verify(tell(told(telling)))
    expect(codes(report)).toEqual([code, QUORUM])
    expect(report.verified).toBe(false)
  })

  it('C69: does not count when the export hides whose it is, which shows where the whole log is there', async () => {
    const report = await verify(tell(bobSignsIn()), { registry: (seq) => seq !== 1 })
    expect(codes(report)).toEqual(['approval.account_not_tied', QUORUM])
    expect(codes(report, 'not-shown')).toEqual(['registry.partial'])
  })

  it('C69: is not called verified when the export hides that it is somebody else’s, too', async () => {
    const two = tell(told({ 'erin enrols': (world) => identify(world, 'usr_erin', 'subject of usr_bob') }))
    const report = await verify(two, { registry: (seq) => seq !== 3 })
    expect(codes(report)).toEqual([])
    expect(codes(report, 'not-shown')).toEqual(['registry.partial'])
    expect(report.verified).toBe(false)
  })

  it('C69: is nobody’s in an export without a registry', async () => {
    const report = await verify(tell(bobSignsIn()), { registry: () => false })
    expect(codes(report)).toContain('approval.account_not_tied')
  })

  it('says whose account it is instead', async () => {
    const erins = tell(told({ 'bob enrols': (world) => identify(world, 'usr_erin', 'subject of usr_bob') }))
    const { findings } = await verify(erins)
    const found = findings.find(({ code }) => code === 'approval.account_of_another')
    expect(found?.sentence).toBe("The account that signed in is usr_erin's, not usr_bob's.")
  })

  it('C04: may not be used by somebody with a passkey of their own, either', async () => {
    const danas = told({
      'dana approves': (world) => {
        const signIn = { claims: { sub: 'subject of usr_bob' }, said: { subject: 'subject of usr_bob' } }
        approve(world, { approver: 'usr_dana', method: 'oidc-nonce', signIn })
      },
    })
    const found = ['approval.account_of_another', 'approval.shared_account', QUORUM]
    expect(codes(await verify(tell(danas)))).toEqual(found)
  })
})
