import { describe, expect, it } from 'vitest'
import { given, ORIGIN, outcomeOf, requestIn, type Step, saying, type World } from '../act/given.fixture'
import { ada, chiara, dev, executor, signedIn } from '../act/people.fixture'
import { ACCEPTED, PLANNED, planned, ROTATION } from '../act/story.fixture'
import type { Actor } from '../identity/actor'
import { approves, type Making, type SoftKey, softKey, UP } from '../record/authenticator.test-support'
import { fromBase64Url, toBase64Url } from '../record/base64'
import { sha256Hex } from '../record/digest'

const rpId = 'record.halden.example'
const [hers, his] = [softKey(), softKey('EdDSA')]
const passkeyOf = (key: SoftKey, user: string, revoked_at: string | null = null): Step => ({
  facts: (facts) => ({
    ...facts,
    passkey: {
      ...{ credential_id: toBase64Url(key.credentialId), cose: toBase64Url(key.cose), user, revoked_at },
      ...{ rp_id: rpId, origin: ORIGIN },
    },
  }),
})
/** Signs the statement as shown; `change` is what is wrong with the signature. */
const signing =
  (key: SoftKey, change: Partial<Making> = {}) =>
  (world: World, actor: Actor) => {
    const said = saying('approve')(world, actor)
    return { ...said, passkey: approves(key, said.statement, { origin: ORIGIN, rpId, ...change }) }
  }
const HIGH: Step[] = [
  ...ACCEPTED,
  [ada, 'linkNhi', { nhi: 'nhi_orders-admin', reason: 'It says so.' }],
  [ada, 'proposeAction', { ...ROTATION, nhi: 'nhi_orders-admin' }],
  [executor, 'recordPlan', planned],
]
const hasKey = passkeyOf(hers, 'usr_chiara')

describe('an approval signed with a passkey', () => {
  it('C07 C08 of a high risk counts, whatever the age of the sign-in, and keeps what an auditor needs', () => {
    const old = signedIn(chiara, 600)
    const { events } = given(...HIGH, hasKey).when(old, 'approveAction', signing(hers))
    expect(events).toMatchObject([
      {
        type: 'approval.recorded',
        data: {
          method: 'webauthn',
          credential_id: toBase64Url(hers.credentialId),
          assertion_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      },
    ])
  })

  it('names each part of the signature by its digest, under which it is kept', () => {
    const { world, when } = given(...HIGH, hasKey)
    const input = signing(hers)(world, chiara)
    const { events } = when(chiara, 'approveAction', input)
    const digest = (text: string) => sha256Hex(fromBase64Url(text))
    expect(events).toMatchObject([
      {
        data: {
          assertion_files: {
            auth_data: digest(input.passkey.auth_data),
            client_data: digest(input.passkey.client_data),
            signature: digest(input.passkey.signature),
          },
        },
      },
    ])
  })

  it('C04 counts people: the owner and an approver, each with a key of their own', () => {
    const first = given(...HIGH, hasKey, [chiara, 'approveAction', signing(hers)])
    expect(requestIn(first.state).phase).toBe('awaiting-approval')
    const { state } = given(
      ...[...HIGH, hasKey, [chiara, 'approveAction', signing(hers)] as Step],
      passkeyOf(his, 'usr_dev'),
    ).when(dev, 'approveAction', signing(his))
    expect(requestIn(state).phase).toBe('approved')
  })

  it('C04 counts one person once, with however many keys', () => {
    const other = softKey()
    const twice = given(
      ...[...HIGH, hasKey, [chiara, 'approveAction', signing(hers)] as Step],
      passkeyOf(other, 'usr_chiara'),
    )
    expect(twice.when(chiara, 'approveAction', signing(other)).gives).toBe('conflict')
  })

  it.each<[string, Partial<Making>]>([
    ['user_not_verified', { flags: UP }],
    ['user_not_present', { flags: 0x04 }],
    ['backup_state_impossible', { flags: 0x15 }],
    ['wrong_origin', { origin: 'https://record.halden.example.evil' }],
    ['wrong_rp_id', { rpId: 'halden.example' }],
    ['cross_origin', { clientData: { crossOrigin: true } }],
    ['cross_origin', { clientData: { topOrigin: ORIGIN } }],
    ['wrong_type', { clientData: { type: 'webauthn.create' } }],
    ['wrong_challenge', { challenge: toBase64Url(new Uint8Array(32)) }],
  ])('C09 is refused as %s, under a code of its own', (why, change) => {
    expect(given(...HIGH, hasKey).when(chiara, 'approveAction', signing(hers, change)).refusal).toMatchObject(
      {
        code: 'forbidden',
        rules: [`approval.${why}`],
      },
    )
  })

  it('C09 is refused when another key signed, or an earlier statement was signed', () => {
    const standing = given(...HIGH, hasKey)
    const input = signing(hers)(standing.world, chiara)
    const mallory = { ...softKey(), credentialId: hers.credentialId }
    expect(standing.when(chiara, 'approveAction', signing(mallory)).refusal?.rules).toEqual([
      'approval.bad_signature',
    ])
    const later = given(...HIGH, hasKey, { minutes: 1 })
    const replayed = { ...saying('approve')(later.world, chiara), passkey: input.passkey }
    expect(later.when(chiara, 'approveAction', replayed).refusal?.rules).toEqual(['approval.wrong_challenge'])
  })

  it('C10 is refused with a key that is not enrolled, is another person’s, was revoked, or belongs elsewhere', () => {
    const said = (...steps: Step[]) =>
      given(...HIGH, ...steps).when(chiara, 'approveAction', signing(hers)).refusal?.rules
    expect(said()).toEqual(['approval.key_not_enrolled'])
    expect(said(passkeyOf(his, 'usr_chiara'))).toEqual(['approval.key_not_enrolled'])
    expect(said(passkeyOf(hers, 'usr_dev'))).toEqual(['approval.key_of_another'])
    expect(said(passkeyOf(hers, 'usr_chiara', '2026-03-02T07:00:00.000Z'))).toEqual(['approval.key_revoked'])
    const elsewhere: Step = {
      facts: (facts) => ({
        ...facts,
        passkey: facts.passkey && { ...facts.passkey, origin: 'https://old.example' },
      }),
    }
    expect(said(hasKey, elsewhere)).toEqual(['approval.wrong_origin'])
  })

  it('C08 has to be good even where signing in would do', () => {
    expect(given(...PLANNED, hasKey).when(chiara, 'approveAction', signing(hers)).events).toMatchObject([
      { data: { method: 'webauthn' } },
    ])
    expect(given(...PLANNED, hasKey).when(chiara, 'approveAction', signing(hers, { flags: UP })).gives).toBe(
      'forbidden',
    )
  })
})

describe('a statement', () => {
  it('C06 is signed within ten minutes', () => {
    const { world } = given(...HIGH, hasKey)
    const input = signing(hers)(world, chiara)
    const lateBy = (minutes: number) =>
      given(...HIGH, hasKey, { minutes }).when(chiara, 'approveAction', input).gives
    expect(lateBy(10)).toEqual(['approval.recorded'])
    expect(lateBy(11)).toBe('stale')
  })

  it('C09 is good once, even when the approval that it gave was voided', () => {
    const { world } = given(...PLANNED)
    const input = saying('approve')(world, chiara)
    const voided = given(...PLANNED, [chiara, 'approveAction', input]).world
    const [request] = voided.state.requests
    if (!request) throw new Error('the story holds a request')
    const requests = [
      {
        ...request,
        phase: 'awaiting-approval' as const,
        approvals: request.approvals.map((each) => ({ ...each, void: true })),
      },
    ]
    const again = { ...voided, state: { ...voided.state, requests } }
    expect(outcomeOf(again, chiara, 'approveAction', input).refusal?.rules).toEqual([
      'approval.statement_used',
    ])
  })
})
