import { describe, expect, it, test } from 'vitest'
import { ada, ask, bruno, chiara, dev, executor, ivo, passkeyOf, person, refused } from './policies.fixture'

describe('separation of duties', () => {
  const both = person('usr_ada', 'Ada Okafor', 'analyst', 'approver')

  it('C02 who asked for an action does not approve or refuse it, whatever their roles', () => {
    expect(refused(ask(both, 'approveAction'))).toEqual(['separation.approver-asked'])
    expect(refused(ask(both, 'refuseAction'))).toEqual(['separation.approver-asked'])
  })
  it('C02 the owner of the agent that asked does not approve it', () => {
    const request = { requester: 'nhi_triage-assistant', requester_accountable: 'usr_ada' }
    expect(refused(ask(both, 'approveAction', { request }))).toEqual(['separation.approver-asked'])
  })
  it("C02 the executor's owner does not approve what it executes, even as owner of the target", () => {
    const request = { target_owner: 'usr_ivo' }
    expect(refused(ask(ivo, 'approveAction', { request }))).toEqual(['separation.approver-executes'])
    expect(ask(ivo, 'refuseAction', { request }).permitted).toBe(true)
  })
  it('C02 an action is not started when its executor belongs to who asked', () => {
    const request = { requester_accountable: 'usr_ivo' }
    expect(refused(ask(bruno, 'startExecution', { request }))).toEqual(['separation.requester-executes'])
    expect(refused(ask(executor, 'issueWarrant', { request }))).toEqual(['separation.requester-executes'])
  })
  it('C65 who asked, approved or owns the executor does not verify', () => {
    expect(refused(ask(ada, 'recordVerification'))).toEqual(['separation.verifier-asked'])
    expect(refused(ask(bruno, 'recordVerification', { request: { approvers: ['usr_bruno'] } }))).toEqual([
      'separation.verifier-approved',
    ])
    expect(refused(ask(bruno, 'recordVerification', { request: { executor_owner: 'usr_bruno' } }))).toEqual([
      'separation.verifier-executes',
    ])
    expect(ask(bruno, 'recordVerification').permitted).toBe(true)
  })
  test.each(['recordVerification', 'settleExecution'])('C65 who started an action does not %s', (command) => {
    expect(refused(ask(bruno, command, { request: { starter: 'usr_bruno' } }))).toEqual([
      'separation.verifier-started',
    ])
    expect(ask(bruno, command, { request: { starter: 'usr_ada' } }).permitted).toBe(true)
  })
  it('C65 who asked, approved or owns the executor does not settle what became of it', () => {
    for (const [changes, rule] of [
      [{ requester: 'usr_bruno', requester_accountable: 'usr_bruno' }, 'separation.verifier-asked'],
      [{ approvers: ['usr_bruno'] }, 'separation.verifier-approved'],
      [{ executor_owner: 'usr_bruno' }, 'separation.verifier-executes'],
    ] as const)
      expect(refused(ask(bruno, 'settleExecution', { request: changes }))).toEqual([rule])
    expect(refused(ask(bruno, 'settleExecution', { request: null }))).toEqual(['requests.known'])
  })
  test.each(['high', 'critical'])('who promoted a finding of %s severity does not confirm it', (severity) => {
    const resource = { severity, promoter: 'usr_ada' }
    expect(refused(ask(ada, 'confirmCase', { resource }))).toEqual(['separation.promoter-confirms'])
    expect(ask(bruno, 'confirmCase', { resource }).permitted).toBe(true)
  })
  it('who promoted a finding of low severity may confirm it', () => {
    expect(ask(ada, 'confirmCase', { resource: { severity: 'low', promoter: 'usr_ada' } }).permitted).toBe(
      true,
    )
  })
  it('who proposed that no action is needed, or an exception, does not agree to it', () => {
    const context = { proposer: 'usr_chiara' }
    expect(refused(ask(chiara, 'agreeNoAction', { context }))).toEqual(['separation.second-person'])
    expect(refused(ask(chiara, 'grantException', { context }))).toEqual(['separation.second-person'])
    expect(ask(bruno, 'agreeNoAction', { context }).permitted).toBe(true)
  })
  it('in the light lane one person says that no action is needed, and tolerates nothing alone', () => {
    const context = { proposer: 'usr_bruno' }
    const light = { lane: 'light', severity: 'informational' }
    expect(ask(bruno, 'agreeNoAction', { context, resource: light }).permitted).toBe(true)
    for (const resource of [
      { ...light, severity: 'low' },
      { ...light, lane: 'full' },
    ])
      expect(refused(ask(bruno, 'agreeNoAction', { context, resource }))).toEqual([
        'separation.second-person',
      ])
    const both = { context: { proposer: 'usr_chiara' }, resource: light }
    expect(refused(ask(chiara, 'grantException', both))).toEqual(['separation.second-person'])
  })
  it('nobody decides on an action that the case does not hold', () => {
    expect(refused(ask(chiara, 'approveAction', { request: null }))).toEqual(['requests.known'])
  })
})

describe('what an approval must prove', () => {
  const old = { context: { session_age: 901 } }
  const owner = { target_owner: 'usr_dev' }

  it('C08 a medium action needs a sign-in within the last 15 minutes', () => {
    expect(ask(chiara, 'approveAction', { context: { session_age: 900 } }).permitted).toBe(true)
    expect(refused(ask(chiara, 'approveAction', old))).toEqual(['assurance.fresh-sign-in'])
  })
  it('C08 a sign-in from the future is not fresh', () => {
    expect(refused(ask(chiara, 'approveAction', { context: { session_age: -1 } }))).toEqual([
      'assurance.fresh-sign-in',
    ])
  })
  it('C08 a passkey stands in for the fresh sign-in', () => {
    const context = { ...old.context, ...passkeyOf(chiara) }
    expect(ask(chiara, 'approveAction', { context }).permitted).toBe(true)
  })
  it('a low action needs no fresh sign-in', () => {
    expect(ask(chiara, 'approveAction', { ...old, request: { tier: 'low' } }).permitted).toBe(true)
  })
  test.each(['high', 'critical', 'unheard-of'])('a %s action needs a passkey, from its owner too', (tier) => {
    for (const who of [chiara, dev]) {
      const request = { ...owner, tier }
      expect(refused(ask(who, 'approveAction', { request }))).toEqual(['assurance.passkey'])
      expect(ask(who, 'approveAction', { request, context: passkeyOf(who) }).permitted).toBe(true)
    }
  })
  it('nobody is sent to sign in again who would be refused anyway', () => {
    expect(refused(ask(bruno, 'approveAction', old))).toEqual(['default.deny'])
  })
  it('refusing an action needs no more than a session', () => {
    expect(ask(chiara, 'refuseAction', { ...old, request: { tier: 'critical' } }).permitted).toBe(true)
  })
})
