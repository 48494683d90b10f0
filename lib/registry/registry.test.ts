import { describe, expect, it, test } from 'vitest'
import { freshPair } from '../record/fresh-pair.test-support'
import { ada, complaints, executor, factsWith, farid, given, HALDEN, hugo, system } from './registry.fixture'

const next = (...steps: Parameters<typeof given>[0]) => given([...HALDEN, ...steps])

describe('an organisation', () => {
  it('is founded once, and before anything else', () => {
    expect(next(HALDEN[0] as (typeof HALDEN)[number]).refusal?.code).toBe('duplicate')
    expect(given(HALDEN.slice(1, 2)).refusal?.code).toBe('not_found')
  })
  it('has a state that is plain JSON', () => {
    const { state } = next()
    expect(JSON.parse(JSON.stringify(state))).toEqual(state)
    expect(state.members.map(({ id }) => id)).toEqual(['usr_farid', 'usr_ada', 'usr_ivo', 'usr_hugo'])
  })
})

describe('members', () => {
  const joining = { name: 'Grace Lim', email: 'Grace@halden.example', roles: ['analyst'] }

  it('are added once, by e-mail address whatever its case', () => {
    expect(next(['addMember', joining]).events).toEqual([
      {
        type: 'member.added',
        data: { ...joining, member: 'usr_new', email: 'grace@halden.example', team: null },
      },
    ])
    expect(next(['addMember', { ...joining, email: 'ADA@halden.example' }]).refusal).toMatchObject({
      code: 'duplicate',
      existing: 'usr_ada',
    })
  })
  it("C17 take no role that isn't a person's, and no field that isn't theirs", () => {
    for (const roles of [['executor'], ['root'], [], ['analyst', 'analyst']]) {
      expect(complaints('addMember', { ...joining, roles })).not.toEqual([])
    }
    expect(complaints('addMember', { ...joining, active: true })[0]).toMatch(/active/)
    expect(
      complaints('changeRoles', { member: 'usr_ada', roles: ['admin'], reason: 'x', org: 'y' })[0],
    ).toMatch(/org/)
  })
  it('have their roles changed with a reason', () => {
    const change = { member: 'usr_ada', roles: ['analyst', 'approver'], reason: 'Deputises for Chiara.' }
    expect(next(['changeRoles', change]).events).toEqual([
      {
        type: 'member.roles',
        data: { member: 'usr_ada', from: ['analyst'], to: ['analyst', 'approver'], reason: change.reason },
      },
    ])
    expect(next(['changeRoles', change], ['changeRoles', change]).refusal?.code).toBe('duplicate')
  })
  test.each(['analyst', 'approver', 'auditor'])('C02 no administrator makes themself %s', (role) => {
    const change = { member: 'usr_farid', roles: ['admin', role], reason: 'x' }
    expect(next(['changeRoles', change]).refusal?.code).toBe('separation_of_duties')
  })
  const promoted = ['changeRoles', { member: 'usr_ada', roles: ['analyst', 'admin'], reason: 'x' }] as const
  it('always include an administrator: the last one is neither removed nor demoted', () => {
    const demote = ['changeRoles', { member: 'usr_farid', roles: ['reporter'], reason: 'x' }, system] as const
    const remove = ['removeMember', { member: 'usr_farid', reason: 'x' }] as const
    for (const step of [demote, remove]) {
      expect(next(step).refusal).toMatchObject({
        code: 'gate',
        sentence: expect.stringMatching(/last administrator/),
      })
      expect(next(promoted, step).refusal).toBeNull()
    }
  })
  it('an administrator who was removed does not count as one', () => {
    const remove = (member: string) => ['removeMember', { member, reason: 'Left.' }] as const
    expect(next(promoted, remove('usr_ada'), remove('usr_farid')).refusal?.code).toBe('gate')
  })
  it('C14 are inactive once removed, and keep their roles when taken back', () => {
    const removed = ['removeMember', { member: 'usr_hugo', reason: 'Left.' }] as const
    const restored = ['restoreMember', { member: 'usr_hugo', reason: 'Came back.' }] as const
    expect(next(removed).state.members.at(-1)).toMatchObject({ active: false })
    expect(next(removed, removed).refusal?.code).toBe('gate')
    expect(next(removed, restored).state.members.at(-1)).toMatchObject({ active: true, roles: ['reporter'] })
    expect(next(restored).refusal?.code).toBe('duplicate')
    expect(next(['removeMember', { member: 'usr_nobody', reason: 'x' }]).refusal?.code).toBe('not_found')
  })
})

describe('chat accounts', () => {
  const account = { platform: 'slack', team: 'T0HALDEN', user: 'U0HUGO' }
  const link = (member: string, actor = hugo) => ['linkMember', { member, ...account }, actor] as const

  it('are linked by whom they belong to, to one member only', () => {
    expect(next(link('usr_hugo')).state.members.at(-1)?.linked).toEqual([account])
    expect(next(link('usr_ada')).refusal?.code).toBe('separation_of_duties')
    expect(next(link('usr_hugo'), link('usr_ada', ada)).refusal).toMatchObject({
      code: 'duplicate',
      existing: 'usr_hugo',
    })
  })
  it('are not linked by an administrator, who could then speak as somebody else', () => {
    expect(next(link('usr_hugo', farid)).refusal?.code).toBe('separation_of_duties')
  })
  it('are unlinked by their owner or an administrator', () => {
    const unlink = (actor: typeof ada) => ['unlinkMember', { member: 'usr_hugo', ...account }, actor] as const
    expect(next(link('usr_hugo'), unlink(ada)).refusal?.code).toBe('forbidden')
    expect(next(link('usr_hugo'), unlink(farid)).state.members.at(-1)?.linked).toEqual([])
    expect(next(unlink(hugo)).refusal?.code).toBe('not_found')
  })
  it('come from a workspace that is connected and disconnected by name', () => {
    const chat = { platform: 'slack', team: 'T0HALDEN', team_name: 'Halden', bot_user: 'U0BOT' }
    const leave = ['disconnectChat', { platform: 'slack', team: 'T0HALDEN', reason: 'x' }] as const
    expect(next(['connectChat', chat]).state.chats).toEqual([chat])
    expect(next(['connectChat', chat], ['connectChat', chat]).refusal?.code).toBe('duplicate')
    expect(next(['connectChat', chat], leave).state.chats).toEqual([])
    expect(next(leave).refusal?.code).toBe('not_found')
  })
})

describe('policies and keys', () => {
  const jwk = freshPair().publicKey.export({ format: 'jwk' })
  const pair = freshPair()
  const keys = {
    warrant: { kid: 'w1', jwk },
    export: { key: 'ssh-ed25519 AAAA', fingerprint: 'SHA256:x' },
    log: { vkey: 'v' },
  }

  it('a policy set comes into force once', () => {
    const activate = [
      'activatePolicies',
      { bundle: `sha256:${'a'.repeat(64)}`, policies: ['trust.vouched'] },
      system,
    ] as const
    expect(next(activate).state.policies).toMatchObject({
      policies: ['trust.vouched'],
      since: '2026-03-02T09:00:00.000Z',
    })
    expect(next(activate, activate).refusal?.code).toBe('duplicate')
  })
  it('C70 keys are published once, each under its own event', () => {
    const publish = ['publishKeys', keys, system] as const
    expect(next(publish).events.map(({ type }) => type)).toEqual([
      'warrant-key.published',
      'export-key.published',
      'log-key.published',
    ])
    expect(next(publish, publish).refusal?.code).toBe('duplicate')
    expect(next(publish, ['publishKeys', { log: { vkey: 'v2' } }, system]).state.log_keys).toEqual([
      'v',
      'v2',
    ])
  })
  it('C70 a key id never comes to stand for another key', () => {
    const other = { warrant: { kid: 'w1', jwk: pair.publicKey.export({ format: 'jwk' }) } }
    expect(next(['publishKeys', keys, system], ['publishKeys', other, system]).refusal?.code).toBe('conflict')
  })
  it('no private key is published, and not nothing either', () => {
    const secret = { warrant: { kid: 'w1', jwk: pair.privateKey.export({ format: 'jwk' }) } }
    expect(complaints('publishKeys', secret)[0]).toMatch(/private key/)
    expect(complaints('publishKeys', {})).toEqual(['publishes no key'])
  })
})

describe('a connector', () => {
  const connector = {
    ...{
      connector: 'https://record.halden.example/connectors/orders',
      kind: 'postgres',
      executor: executor.id,
    },
    ...{ definition: `sha256:${'b'.repeat(64)}`, system: 'orders', environment: 'production' },
  }
  const register = ['registerConnector', connector] as const

  it('is registered with its executor', () => {
    expect(next(register).state.connectors).toEqual([connector])
    expect(next(register, register).refusal?.code).toBe('duplicate')
  })
  it('C59 is registered anew when its definition changes', () => {
    const definition = `sha256:${'c'.repeat(64)}`
    expect(next(register, ['registerConnector', { ...connector, definition }]).state.connectors).toEqual([
      { ...connector, definition },
    ])
  })
  it('is the only one that reaches its system there', () => {
    const rival = { ...connector, connector: 'https://record.halden.example/connectors/rival' }
    expect(next(register, ['registerConnector', rival]).refusal?.code).toBe('conflict')
  })
  const unfit: readonly [string, Partial<typeof executor>][] = [
    ['C47 that nobody owns', { owner: null }],
    ['C47 whose owner is no member', { owner: 'usr_gone' }],
    ['C64 that is disabled', { disabled: true }],
    ['C56 of another environment', { environment: 'staging' }],
    ['that is no executor', { kind: 'bot' }],
  ]
  test.each(unfit)('takes no executor %s', (_name, change) => {
    expect(given([...HALDEN, register], factsWith({ ...executor, ...change })).refusal?.code).toBe('gate')
  })
  it('takes no executor that is not registered', () => {
    expect(given([...HALDEN, register], factsWith()).refusal?.code).toBe('not_found')
  })
})
