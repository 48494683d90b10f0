import { describe, expect, it, test } from 'vitest'
import { correct } from './describe'
import { ada, complaints, dev, facts, farid, given, ivo, orders, postgres, worker } from './nhi.fixture'

const registered = ['registerNhi', orders] as const
const fingerprint = 'a'.repeat(64)

describe('registering an identity', () => {
  it('keeps its profile, its people, and when it is next reviewed', () => {
    const { state } = given([registered])
    expect(state).toMatchObject({
      id: 'nhi_svc-orders',
      registered_on: '2026-03-02',
      next_review_on: '2026-05-31',
    })
    expect(state.people).toEqual(['usr_dev', 'usr_ivo'])
    expect(JSON.parse(JSON.stringify(state))).toEqual(state)
  })
  it('happens once', () => {
    expect(given([registered, registered]).refusal?.code).toBe('duplicate')
  })
  it('C02 happens once for an account of a system: nobody gives it less privilege, or another owner, under a second name', () => {
    const known = { ...facts, placed: 'nhi_svc-orders' }
    const second = {
      ...orders,
      name: 'Orders, read only',
      privilege: 'read',
      owner: 'usr_ivo',
      backup_owner: null,
    }
    for (const actor of [ada, farid])
      expect(given([['registerNhi', second, actor]], known).refusal).toMatchObject({
        code: 'duplicate',
        existing: 'nhi_svc-orders',
      })
  })
  it('C47 needs an active owner for whatever acts in On Record', () => {
    expect(given([['registerNhi', { ...postgres, owner: null }]]).refusal?.code).toBe('gate')
    expect(given([['registerNhi', { ...postgres, owner: 'usr_hugo' }]]).refusal).toMatchObject({
      code: 'invalid',
      sentence: 'Hugo Brandt is not an active member.',
    })
  })
  it('takes in a service account that nobody owns, so that it shows as orphaned', () => {
    expect(given([['registerNhi', { ...orders, owner: null, backup_owner: null }]]).state.people).toEqual([])
  })
  it('lets only an administrator bring in what acts in On Record', () => {
    expect(given([['registerNhi', postgres, ada]]).refusal?.code).toBe('forbidden')
    expect(given([['registerNhi', orders, ada]]).refusal).toBeNull()
  })
  it('refuses an owner who is their own backup, and a day in the future', () => {
    expect(given([['registerNhi', { ...orders, backup_owner: 'usr_dev' }]]).refusal?.field).toBe(
      'backup_owner',
    )
    expect(given([['registerNhi', { ...orders, created_on: '2026-03-03' }]]).refusal?.field).toBe(
      'created_on',
    )
  })
  it('C17 takes no field that it does not know', () => {
    expect(complaints('registerNhi', { ...orders, org: 'org_other' })[0]).toMatch(/org/)
    expect(complaints('describeNhi', { owner: 'usr_ada' })[0]).toMatch(/owner/)
    expect(complaints('describeNhi', { last_rotated_on: '2026-03-01' })[0]).toMatch(/last_rotated_on/)
  })
  it('is needed before anything else', () => {
    expect(given([['disableNhi', { reason: 'x' }]]).refusal?.code).toBe('not_found')
  })
})

describe('describing an identity', () => {
  it('records only what changed', () => {
    const { events } = given([registered, ['describeNhi', { name: 'Orders', system: 'orders' }, dev]])
    expect(events).toEqual([{ type: 'nhi.described', data: { name: 'Orders' } }])
  })
  it('C02 moves it to no account that another one is registered for', () => {
    const known = { ...facts, placed: 'nhi_svc-admin' }
    const { state } = given([registered])
    const moved = (input: object) => correct(state, input, { actor: dev, facts: known })
    expect(moved({ account: 'svc_admin' })).toMatchObject({ code: 'duplicate', existing: 'nhi_svc-admin' })
    expect(moved({ system: 'billing' })).toMatchObject({ code: 'duplicate' })
    expect(moved({ name: 'Orders' })).toEqual([{ type: 'nhi.described', data: { name: 'Orders' } }])
  })
  it('records nothing when nothing changed', () => {
    expect(given([registered, ['describeNhi', { system: 'orders' }]]).refusal?.code).toBe('duplicate')
    expect(complaints('describeNhi', {})).toEqual(['must change something'])
  })
  test.each([{ privilege: 'read' }, { environment: 'staging' }])(
    'lets no owner ease what approvals it needs: %o',
    (easier) => {
      expect(given([registered, ['describeNhi', easier, dev]]).refusal?.code).toBe('separation_of_duties')
      expect(given([registered, ['describeNhi', easier, farid]]).refusal).toBeNull()
      const ofFarid = ['registerNhi', { ...orders, owner: 'usr_farid' }, ada] as const
      expect(given([ofFarid, ['describeNhi', easier, farid]]).refusal?.code).toBe('separation_of_duties')
    },
  )
  it('lets an owner say that it can do more than was known', () => {
    expect(given([registered, ['describeNhi', { privilege: 'admin' }, dev]]).refusal).toBeNull()
  })
})

describe('changing its owner', () => {
  it('records who it was and who it is', () => {
    const { events, state } = given([
      registered,
      ['changeOwner', { owner: 'usr_ivo', reason: 'Moved team.' }, dev],
    ])
    expect(events).toEqual([
      {
        type: 'owner.changed',
        data: { from: 'usr_dev', to: 'usr_ivo', backup: null, reason: 'Moved team.' },
      },
    ])
    expect(state.people).toEqual(['usr_ivo'])
  })
  it('refuses somebody who has left', () => {
    expect(given([registered, ['changeOwner', { owner: 'usr_hugo', reason: 'x' }]]).refusal?.field).toBe(
      'owner',
    )
  })
  it('C02 lets no administrator make it their own, and so approve as its owner', () => {
    const own = { owner: 'usr_farid', reason: 'x' }
    expect(given([registered, ['changeOwner', own, farid]]).refusal?.code).toBe('separation_of_duties')
    expect(given([registered, ['changeOwner', own, dev]]).refusal).toBeNull()
  })
  it('lets the backup owner take over', () => {
    expect(
      given([registered, ['changeOwner', { owner: 'usr_ivo', reason: 'Dev has left.' }, ivo]]).refusal,
    ).toBeNull()
  })
})

describe('credentials', () => {
  const credential = [
    'registerCredential',
    { kind: 'password', fingerprint, label: 'orders db' },
    dev,
  ] as const

  it('are kept as fingerprints, for one holder only', () => {
    const { events } = given([registered, credential])
    expect(events).toEqual([
      {
        type: 'credential.registered',
        data: { credential: 'crd_1', kind: 'password', fingerprint, label: 'orders db', expires_on: null },
      },
    ])
    expect(given([registered, credential, credential]).refusal?.code).toBe('duplicate')
    const elsewhere = { ...facts, matches: { [fingerprint]: 'nhi_other' } }
    expect(given([registered, credential], elsewhere).refusal?.existing).toBe('nhi_other')
  })
  it('C58 are never taken as the secret itself', () => {
    const secret = { kind: 'password', fingerprint: 'hunter2', label: 'x' }
    expect(complaints('registerCredential', secret)[0]).toMatch(/never a secret/)
  })
  it('are retired once', () => {
    const retire = ['retireCredential', { credential: 'crd_1', reason: 'Replaced.' }] as const
    expect(given([registered, credential, retire]).state.credentials[0]?.retired).toBe(true)
    expect(given([registered, credential, retire, retire]).refusal?.code).toBe('duplicate')
    expect(given([registered, retire]).refusal?.code).toBe('not_found')
  })
  it('end with a rotation when they are passwords, and the rotation is recorded once', () => {
    const rotation = ['recordRotation', { on: '2026-03-02', case: 'case_leak' }, worker] as const
    const { state, events } = given([registered, credential, rotation])
    expect(events.map(({ type }) => type)).toEqual(['nhi.rotated', 'credential.retired'])
    expect(state.profile.last_rotated_on).toBe('2026-03-02')
    expect(given([registered, rotation, rotation]).refusal?.code).toBe('duplicate')
  })
})

describe('use, review and the switch', () => {
  it('records a day of use once, and never an earlier one', () => {
    const use = (on: string) => ['recordUse', { on, by: 'orders database' }, worker] as const
    expect(given([registered, use('2026-03-02')]).state.profile.last_used_on).toBe('2026-03-02')
    expect(given([registered, use('2026-03-01')]).refusal?.code).toBe('duplicate')
  })
  it('a review sets the next one', () => {
    const { state } = given([registered, ['reviewNhi', { outcome: 'reduce', note: 'Read is enough.' }, dev]])
    expect(state).toMatchObject({
      next_review_on: '2026-05-31',
      reduce_due: true,
      review: { outcome: 'reduce' },
    })
  })
  it('a lowered privilege settles what a review asked for', () => {
    const reduce = ['reviewNhi', { outcome: 'reduce', note: 'Read is enough.' }, dev] as const
    expect(given([registered, reduce, ['describeNhi', { privilege: 'read' }]]).state.reduce_due).toBe(false)
  })
  it('only a person reviews', () => {
    expect(given([registered, ['reviewNhi', { outcome: 'keep', note: 'x' }, worker]]).refusal?.code).toBe(
      'forbidden',
    )
  })
  it('C64 one command stops it, whoever owns it, and another lets it act again', () => {
    const stop = ['disableNhi', { reason: 'It posts secrets.' }, ada] as const
    const orphan = { ...facts, members: {} }
    expect(given([registered, stop]).state.disabled).toBe(true)
    expect(given([registered, stop, stop]).refusal?.code).toBe('duplicate')
    expect(given([registered, stop, ['enableNhi', { reason: 'Fixed.' }]]).state.disabled).toBe(false)
    const unowned = ['registerNhi', { ...orders, owner: null, backup_owner: null }] as const
    expect(given([unowned, stop], orphan).state.disabled).toBe(true)
  })
  it('C64 the administrator who owns it does not let it act again', () => {
    const steps = [
      ['registerNhi', { ...postgres, owner: 'usr_farid' }],
      ['disableNhi', { reason: 'x' }],
    ] as const
    expect(given([...steps, ['enableNhi', { reason: 'x' }, farid]]).refusal?.code).toBe(
      'separation_of_duties',
    )
  })
})
