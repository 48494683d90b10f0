import { describe, expect, it, test } from 'vitest'
import {
  ada,
  ask,
  assistant,
  bruno,
  chiara,
  dev,
  esther,
  farid,
  hugo,
  person,
  refused,
  through,
  worker,
} from './policies.fixture'

const HIGH = { tier: 'high', invoker: 'usr_bruno' }

describe('breaking the glass', () => {
  it('C20 is an analyst’s, for a medium or high risk', () => {
    for (const tier of ['medium', 'high'])
      expect(ask(bruno, 'invokeBreakGlass', { request: { tier } }).permitted, tier).toBe(true)
    for (const tier of ['read', 'low', 'critical'])
      expect(refused(ask(bruno, 'invokeBreakGlass', { request: { tier } })), tier).toEqual(['default.deny'])
    for (const who of [chiara, hugo, esther, farid, dev])
      expect(ask(who, 'invokeBreakGlass', { request: HIGH }).permitted, who.id).toBe(false)
  })

  test.each(['postgres.enable-login', 'postgres.grant-membership'])(
    'C20 is not for %s, which gives',
    (kind) => {
      expect(refused(ask(bruno, 'invokeBreakGlass', { request: { ...HIGH, kind } }))).toEqual([
        'default.deny',
      ])
    },
  )

  it('C02 C20 is not for the executor’s owner, nor for what the executor’s owner asked for', () => {
    expect(
      refused(ask(bruno, 'invokeBreakGlass', { request: { ...HIGH, executor_owner: 'usr_bruno' } })),
    ).toEqual(['separation.invoker-executes'])
    expect(
      refused(ask(bruno, 'invokeBreakGlass', { request: { ...HIGH, requester_accountable: 'usr_ivo' } })),
    ).toEqual(['separation.requester-executes'])
  })

  it('C10 C20 is not signed with a passkey of somebody else, nor with one that was revoked', () => {
    const signedWith = (owner: string, revoked: boolean) =>
      refused(ask(bruno, 'invokeBreakGlass', { request: HIGH, context: { passkey: { owner, revoked } } }))
    expect(signedWith('usr_bruno', false)).toEqual([])
    expect(signedWith('usr_ada', false)).toEqual(['passkeys.own'])
    expect(signedWith('usr_bruno', true)).toEqual(['passkeys.standing'])
  })

  it('C01 C20 is not done from chat, by a machine, about an unproved finding or nothing', () => {
    expect(refused(ask(through(bruno, 'slack'), 'invokeBreakGlass', { request: HIGH }))).toEqual([
      'channels.chat',
    ])
    expect(refused(ask(assistant, 'invokeBreakGlass', { request: HIGH }))).toEqual(['machines.never-decide'])
    expect(refused(ask(bruno, 'invokeBreakGlass', { request: HIGH, resource: { trust: 'typed' } }))).toEqual([
      'trust.vouched',
    ])
    expect(refused(ask(bruno, 'invokeBreakGlass', { request: null }))).toEqual(['requests.known'])
  })
})

describe('reviewing an emergency', () => {
  it('C20 is for approvers, administrators and the target’s owners', () => {
    for (const who of [chiara, farid, dev])
      expect(ask(who, 'reviewBreakGlass', { request: HIGH }).permitted, who.id).toBe(true)
    const backup = { ...HIGH, target_backup_owner: 'usr_hugo' }
    expect(ask(hugo, 'reviewBreakGlass', { request: backup }).permitted).toBe(true)
    for (const who of [hugo, esther, person('usr_grace', 'Grace Lim', 'analyst')])
      expect(refused(ask(who, 'reviewBreakGlass', { request: HIGH })), who.id).toEqual(['default.deny'])
  })

  it('C20 is not for who broke the glass or asked for the action, nor for machines', () => {
    const both = person('usr_bruno', 'Bruno Salas', 'analyst', 'approver')
    expect(refused(ask(both, 'reviewBreakGlass', { request: HIGH }))).toEqual(['separation.reviewer-invoked'])
    const asked = person('usr_ada', 'Ada Okafor', 'analyst', 'approver')
    expect(refused(ask(asked, 'reviewBreakGlass', { request: HIGH }))).toEqual([
      'separation.reviewer-invoked',
    ])
    expect(refused(ask(assistant, 'reviewBreakGlass', { request: HIGH }))).toContain('machines.never-decide')
    expect(refused(ask(chiara, 'reviewBreakGlass', { request: null }))).toEqual(['requests.known'])
  })

  it('C20 ends an emergency’s authority by On Record itself alone', () => {
    expect(ask(worker, 'expireBreakGlass').permitted).toBe(true)
    expect(ask(ada, 'expireBreakGlass').permitted).toBe(false)
  })
})
