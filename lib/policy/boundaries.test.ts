import { describe, expect, it, test } from 'vitest'
import {
  ada,
  ask,
  assistant,
  bruno,
  chiara,
  dev,
  executor,
  hugo,
  machine,
  passkeyOf,
  person,
  policies,
  refused,
  through,
  worker,
} from './policies.fixture'

describe('trust', () => {
  test.each(['typed', 'reported', undefined])(
    'C40 nothing is done about a finding whose trust is %s',
    (trust) => {
      for (const command of ['proposeAction', 'startExecution']) {
        expect(refused(ask(bruno, command, { resource: { trust } }))).toEqual(['trust.vouched'])
      }
    },
  )
  test.each(['vouched', 'delivered', 'platform-verified'])(
    'C40 an action can be proposed when it is %s',
    (trust) => {
      expect(ask(bruno, 'proposeAction', { resource: { trust } }).permitted).toBe(true)
    },
  )
  it('C40 an agent cannot vouch for a message', () => {
    expect(refused(ask(assistant, 'raiseTrust'))).toEqual(['machines.never-decide'])
  })
})

describe('non-human identities', () => {
  it('C47 one without an active owner does nothing', () => {
    const orphan = machine('nhi_executor-postgres', null, 'executor')
    for (const command of policies.commands) expect(ask(orphan, command).rules).toContain('machines.orphaned')
  })
  it('C57 none opens a browser session', () => {
    expect(refused(ask(through(assistant, 'web'), 'addComment'))).toEqual(['machines.no-browser'])
  })
  it('C57 none approves, not even one that holds a role of people by mistake', () => {
    const request = { requester: 'usr_bruno', requester_accountable: 'usr_bruno' }
    expect(refused(ask(assistant, 'approveAction', { request }))).toEqual(['machines.never-decide'])
    const mistaken = machine('nhi_alertbot', 'usr_farid', 'approver' as never)
    expect(refused(ask(mistaken, 'approveAction', { request }))).toEqual(['engine.failed'])
  })
  it('an executor does nothing about an action that is not its own', () => {
    const request = { executor: 'nhi_executor-other' }
    expect(refused(ask(executor, 'redeemWarrant', { request }))).toEqual(['default.deny'])
    expect(refused(ask(executor, 'viewSealedSecret', { request }))).toEqual(['default.deny'])
  })
  it('an agent withdraws what it proposed, and nothing else', () => {
    expect(
      ask(assistant, 'withdrawAction', { request: { requester: 'nhi_triage-assistant' } }).permitted,
    ).toBe(true)
    expect(refused(ask(assistant, 'withdrawAction'))).toEqual(['default.deny'])
  })

  const forHugo = machine('nhi_triage-assistant', 'usr_ada', 'agent')
  const onBehalf = { ...forHugo, onBehalfOf: 'usr_hugo' } as typeof forHugo
  it('C15 the one for whom an agent acts decides what it may, not the agent', () => {
    const behalf = { id: 'usr_hugo', roles: ['reporter'] as const }
    expect(ask(onBehalf, 'addComment', { behalf })).toMatchObject({
      permitted: true,
      rules: ['machines.contribute', 'reporters.contribute'],
    })
    expect(refused(ask(onBehalf, 'proposeAction', { behalf }))).toEqual(['default.deny'])
  })
  it('C15 an agent that acts for somebody unknown does nothing', () => {
    expect(refused(ask(onBehalf, 'addComment'))).toEqual(['behalf.unknown'])
    expect(refused(ask(onBehalf, 'addComment', { behalf: { id: 'usr_ada', roles: ['analyst'] } }))).toEqual([
      'behalf.unknown',
    ])
  })
})

describe('doors', () => {
  test.each(['slack', 'teams', 'mcp'] as const)(
    'C01 nobody approves, starts, verifies or closes through %s',
    (via) => {
      for (const command of ['approveAction', 'refuseAction', 'grantException']) {
        expect(ask(through(chiara, via), command, { context: passkeyOf(chiara) }).permitted).toBe(false)
      }
      for (const command of ['startExecution', 'recordVerification', 'closeCase', 'agreeNoAction']) {
        expect(ask(through(bruno, via), command).permitted).toBe(false)
      }
    },
  )
  it('an analyst confirms and takes a case from a card in chat', () => {
    for (const command of ['confirmCase', 'assignCase'])
      expect(ask(through(ada, 'slack'), command).permitted).toBe(true)
    expect(ask(through(ada, 'slack'), 'acceptAssignment').permitted).toBe(true)
  })
  it('an assistant confirms nothing for the analyst whom it serves', () => {
    expect(refused(ask(through(ada, 'mcp'), 'confirmCase'))).toEqual(['channels.assistants'])
    expect(ask(through(ada, 'mcp'), 'proposeAction').permitted).toBe(true)
  })
})

describe('belonging', () => {
  it('C16 nobody reaches into another organisation', () => {
    for (const who of [ada, assistant, worker]) {
      expect(ask(who, 'addMessage', { resource: { org: 'org_other' } }).rules).toContain(
        'tenancy.same-organisation',
      )
    }
  })
  it('C14 a member whose roles were taken away does nothing, even as an owner', () => {
    expect(ask(person('usr_dev', 'Dev Raman'), 'approveAction').rules).toContain('tenancy.members-only')
  })
  it('only the person who was asked accepts or declines', () => {
    expect(ask(ada, 'acceptAssignment').permitted).toBe(true)
    expect(refused(ask(bruno, 'declineAssignment'))).toEqual(['analysts.only-the-assignee'])
  })
  it('the owner of another identity approves and describes nothing', () => {
    expect(refused(ask(dev, 'approveAction', { request: { target_owner: 'usr_hugo' } }))).toEqual([
      'default.deny',
    ])
    expect(refused(ask(dev, 'describeNhi', { resource: { owners: ['usr_hugo'] } }))).toEqual(['default.deny'])
  })
  it('the backup owner approves as owner', () => {
    const request = { target_owner: 'usr_dev', target_backup_owner: 'usr_hugo' }
    expect(ask(hugo, 'approveAction', { request }).permitted).toBe(true)
  })
  it('C64 an analyst stops any identity at once, and only an administrator lets it act again', () => {
    expect(ask(bruno, 'disableNhi').permitted).toBe(true)
    expect(ask(bruno, 'enableNhi').permitted).toBe(false)
  })
})
