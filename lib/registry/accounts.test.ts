import { describe, expect, it } from 'vitest'
import { complaints, given, HALDEN, type Step, system } from './registry.fixture'

const issuer = 'https://login.halden.example'
const tie = (member: string, subject = 'sub-ada', at = issuer): Step => [
  'identifyMember',
  { member, issuer: at, subject },
  system,
]
const next = (...steps: Step[]) => given([...HALDEN, ...steps])

describe('a provider’s account', () => {
  it('C69 is put on record as this member’s, by issuer and subject', () => {
    const { events, state } = next(tie('usr_ada'))
    const told = { member: 'usr_ada', issuer, subject: 'sub-ada' }
    expect(events).toEqual([{ type: 'member.identified', data: told }])
    expect(state.accounts).toEqual([{ ...told, left: false }])
  })

  it('C69 is one member’s for ever, and says whose', () => {
    expect(next(tie('usr_ada'), tie('usr_hugo')).refusal).toMatchObject({
      code: 'duplicate',
      existing: 'usr_ada',
    })
    const left: Step = ['removeMember', { member: 'usr_ada', reason: 'Left.' }]
    expect(next(tie('usr_ada'), left, tie('usr_hugo')).refusal?.existing).toBe('usr_ada')
  })

  it('C69 is another one where another provider uses the same subject', () => {
    expect(next(tie('usr_ada'), tie('usr_hugo', 'sub-ada', 'https://login.other.example')).refusal).toBeNull()
  })

  it('C69 is the only one of its member there, until they are removed and taken back', () => {
    const second = next(tie('usr_ada'), tie('usr_ada', 'sub-2')).refusal
    expect(second).toMatchObject({ code: 'duplicate' })
    expect(second?.existing).toBeUndefined()
    const back = (member: string): Step[] => [
      ['removeMember', { member, reason: 'Their account at the provider is lost.' }],
      ['restoreMember', { member, reason: 'They have a new one.' }],
    ]
    expect(next(tie('usr_ada'), ...back('usr_hugo'), tie('usr_ada', 'sub-2')).refusal?.code).toBe('duplicate')
    const { state, refusal } = next(tie('usr_ada'), ...back('usr_ada'), tie('usr_ada', 'sub-2'))
    expect(refusal).toBeNull()
    expect(state.accounts.map(({ subject, left }) => [subject, left])).toEqual([
      ['sub-ada', true],
      ['sub-2', false],
    ])
  })

  it('C69 of a member may be one at each provider, for an organisation may change its own', () => {
    expect(next(tie('usr_ada'), tie('usr_ada', 'sub-9', 'https://login.new.example')).refusal).toBeNull()
  })

  it('is nobody’s who has left, or never was a member', () => {
    const left: Step = ['removeMember', { member: 'usr_ada', reason: 'Left.' }]
    expect(next(left, tie('usr_ada')).refusal?.code).toBe('gate')
    expect(next(tie('usr_nobody')).refusal?.code).toBe('not_found')
  })

  it('is named in exactly the provider’s characters', () => {
    const named = { member: 'usr_ada', issuer, subject: ' uid=Ada,ou=people ' }
    expect(complaints('identifyMember', named)).toEqual([])
    expect(next(tie('usr_ada', named.subject)).state.accounts[0]?.subject).toBe(named.subject)
    for (const subject of ['', ' ', 'x'.repeat(256), 'a\u0000'])
      expect(complaints('identifyMember', { ...named, subject })).not.toEqual([])
  })
})
