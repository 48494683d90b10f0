import { randomUUID } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rebuild } from '@/db/rebuild'
import { perform } from '@/lib/act/perform'
import { isRefusal } from '@/lib/act/refusal'
import { identified } from '@/lib/identity/actor'
import { approves, type Making, type SoftKey, softKey, UP } from '@/lib/record/authenticator.test-support'
import { fromBase64Url, toBase64Url } from '@/lib/record/base64'
import { concat } from '@/lib/record/bytes'
import { sha256, sha256Hex } from '@/lib/record/digest'
import { POST as caseCommand } from '../api/v1/cases/[id]/[command]/route'
import { GET as statement } from '../api/v1/cases/[id]/actions/[request]/statement/route'
import { GET as readCase } from '../api/v1/cases/[id]/route'
import { POST as nhiCommand } from '../api/v1/nhis/[id]/[command]/route'
import { GET as list } from '../api/v1/passkeys/route'
import { POST as promote } from '../api/v1/promotions/route'
import { POST as registry } from '../api/v1/registry/[command]/route'
import { call, cookieOf, LEAKED, openTestDoors, type TestDoors } from './doors.test-support'
import { enrolled, here } from './passkey.test-support'

let test: TestDoors
let id: string
let request: string
const as: Record<string, string> = {}
const keys: Record<string, SoftKey> = {}

const executor = identified({
  ...{ kind: 'nhi', id: 'nhi_executor-postgres', name: 'executor', owner: 'usr_ivo', roles: ['executor'] },
  ...{ org: 'org_halden', via: 'api', request: 'r-1', auth: { acr: 'pop', amr: [], auth_time: 0 } },
})
const PLAN = { changes: ['a new password'], undo: 'rotate again', reversible: true, warnings: [], facts: {} }

/** Everything up to the approval of a high risk: the leaked password opens an account that may do anything. */
beforeAll(async () => {
  test = await openTestDoors()
  for (const person of ['ada', 'bruno', 'chiara', 'dev', 'grace', 'hugo', 'farid'])
    as[person] = await cookieOf(test.doors, `usr_${person}`)
  const nhi = { id: 'nhi_svc-orders', command: 'describe-nhi' }
  const raised = await call(nhiCommand, '/api/v1/nhis/nhi_svc-orders/describe-nhi', {
    ...{ cookie: as.farid ?? '', body: { privilege: 'admin' }, params: nhi },
  })
  expect(raised.status, raised.text).toBe(200)
  const text = `postgres://svc_orders:${encodeURIComponent(LEAKED)}@db.example/orders`
  const found = await call(promote, '/api/v1/promotions', {
    cookie: as.hugo ?? '',
    body: { text, severity: 'medium' },
  })
  id = found.body.case
  const confirmed = { criticality: 'high', privilege: 'high', exposure: 'internal', note: 'It opens.' }
  await person('bruno', 'confirm-case', confirmed)
  await person('bruno', 'assign-case', { assignee: 'usr_ada' })
  await person('ada', 'accept-assignment', {})
  await person('ada', 'raise-trust', { reason: 'I saw it.' })
  const change = { kind: 'postgres.rotate-password', nhi: 'nhi_svc-orders', purpose: 'It has leaked.' }
  request = (await person('ada', 'propose-action', change)).body.ids.request
  const order = { kind: 'case', stream: id, key: randomUUID() } as const
  const input = { request, revision: 1, plan: PLAN }
  const planned = await perform(test.doors, executor, { ...order, command: 'recordPlan', input })
  expect(isRefusal(planned)).toBe(false)
  for (const person of ['chiara', 'dev', 'grace']) keys[person] = await enrolled(as[person] ?? '')
})
afterAll(() => test?.close())

const person = (name: string, slug: string, body: object) =>
  call(caseCommand, `/api/v1/cases/${id}/${slug}`, {
    cookie: as[name] ?? '',
    body,
    params: { id, command: slug },
  })
const shownTo = async (name: string) =>
  (
    await call(statement, `/api/v1/cases/${id}/actions/${request}/statement`, {
      cookie: as[name] ?? '',
      params: { id, request },
    })
  ).body
const approve = (name: string, statement: string, passkey: object | null) =>
  person(name, 'approve-action', { request, statement, dwell_ms: 4_000, passkey })
const keyOf = (name: string) => keys[name] ?? softKey()

/** Signs what is shown now, in one way or another, and sends it. */
async function sign(name: string, change: Partial<Making> = {}, key = keyOf(name)) {
  const { statement } = await shownTo(name)
  return approve(name, statement, approves(key, statement, { ...here, ...change }))
}
async function lastDenial() {
  const { body } = await call(readCase, `/api/v1/cases/${id}`, { cookie: as.ada ?? '', params: { id } })
  const denied = body.timeline.filter((entry: { type: string }) => entry.type === 'policy.denied')
  return denied.at(-1)?.policy.rule
}

describe('a high-risk action', () => {
  it('C08 is not approved by a session, however fresh, and the page says what is needed', async () => {
    const shown = await shownTo('chiara')
    const answer = await approve('chiara', shown.statement, null)
    expect(answer.status).toBe(401)
    expect(answer.body).toMatchObject({ code: 'assurance_required', rules: ['assurance.passkey'] })
    expect(shown).toMatchObject({
      rp_id: 'localhost',
      passkeys: [{ credential_id: toBase64Url(keyOf('chiara').credentialId), name: 'Security key' }],
    })
  })

  it.each<[string, Partial<Making>]>([
    ['user_not_verified', { flags: UP }],
    ['wrong_origin', { origin: 'http://127.0.0.1:3210' }],
    ['wrong_origin', { origin: 'https://localhost:3210' }],
    ['cross_origin', { clientData: { crossOrigin: true } }],
    ['wrong_rp_id', { rpId: '127.0.0.1' }],
    ['wrong_type', { clientData: { type: 'webauthn.create' } }],
    ['wrong_challenge', { challenge: toBase64Url(sha256('of another statement')) }],
    ['backup_state_impossible', { flags: 0x15 }],
  ])('C09 is refused as %s, and the attempt is on record under that name', async (why, change) => {
    const answer = await sign('chiara', change)
    expect(answer.status).toBe(403)
    expect(answer.body.rules).toEqual([`approval.${why}`])
    expect(await lastDenial()).toBe(`approval.${why}`)
  })

  it('C09 C10 is refused with a forged signature, an unknown key, and a key of somebody else', async () => {
    const forger = { ...softKey(), credentialId: keyOf('chiara').credentialId }
    expect((await sign('chiara', {}, forger)).body.rules).toEqual(['approval.bad_signature'])
    expect((await sign('chiara', {}, softKey())).body.rules).toEqual(['assurance.passkey'])
    expect((await sign('chiara', {}, keyOf('dev'))).body.rules).toEqual(['passkeys.own'])
    expect(await lastDenial()).toBe('passkeys.own')
  })

  it('C10 is refused with a key that was revoked a moment ago', async () => {
    const revoked = await enrolled(as.chiara ?? '')
    const body = { credential_id: toBase64Url(revoked.credentialId), reason: 'Lost.' }
    const params = { command: 'revoke-passkey' }
    await call(registry, '/api/v1/registry/revoke-passkey', { cookie: as.chiara ?? '', body, params })
    expect((await sign('chiara', {}, revoked)).body.rules).toEqual(['passkeys.standing'])
  })

  it('C05 is refused when the signed statement is of another revision', async () => {
    const { statement } = await shownTo('chiara')
    const other = statement.replace('"revision":1', '"revision":2')
    expect((await approve('chiara', other, approves(keyOf('chiara'), other, here))).body.code).toBe('stale')
  })

  it('C02 is refused of who asked for it, whatever they sign with', async () => {
    const key = await enrolled(as.ada ?? '')
    expect((await sign('ada', {}, key)).body.code).toBe('separation_of_duties')
  })

  it('C04 C07 is approved by its owner and an approver with their passkeys, and what they signed is kept', async () => {
    const { statement } = await shownTo('chiara')
    const passkey = approves(keyOf('chiara'), statement, here)
    expect((await approve('chiara', statement, passkey)).status).toBe(200)
    expect((await approve('chiara', statement, passkey)).status, 'replayed').toBe(409)
    const twice = await sign('chiara', {}, await enrolled(as.chiara ?? ''))
    expect(twice.body.code, 'a second key of the same person').toBe('conflict')
    const { body: waiting } = await call(readCase, `/api/v1/cases/${id}`, {
      cookie: as.ada ?? '',
      params: { id },
    })
    expect(waiting.actions[0].status).toBe('awaiting-approval')
    expect((await sign('dev')).status).toBe(200)
    const { body } = await call(readCase, `/api/v1/cases/${id}`, { cookie: as.ada ?? '', params: { id } })
    expect(body.actions[0]).toMatchObject({
      status: 'approved',
      approvals: [
        { method: 'webauthn', as_owner: false },
        { method: 'webauthn', as_owner: true },
      ],
    })
    const [recorded] = body.timeline.filter((entry: { type: string }) => entry.type === 'approval.recorded')
    const parts = [passkey.auth_data, passkey.client_data, passkey.signature].map(fromBase64Url)
    const [authData, clientData, signature] = parts as [Uint8Array, Uint8Array, Uint8Array]
    expect(recorded.data.assertion_sha256).toBe(sha256Hex(concat(authData, sha256(clientData), signature)))
    for (const part of parts) {
      const found = await test.doors.content.read('org_halden', sha256Hex(part))
      expect(found && new Uint8Array(await buffer(found.stream))).toEqual(part)
    }
  })

  it('folds to the same again: the registry with its keys, the case with its approvals', async () => {
    const { differences } = await rebuild(test.doors.sql, { org: 'org_halden', repair: false })
    expect(differences).toEqual([])
  })

  it('shows afterwards when each key was last used', async () => {
    const { body } = await call(list, '/api/v1/passkeys', { cookie: as.dev ?? '' })
    expect(body.passkeys[0].last_used_at).toMatch(/^\d{4}-.*Z$/)
    expect(
      (await call(list, '/api/v1/passkeys', { cookie: as.grace ?? '' })).body.passkeys[0].last_used_at,
    ).toBeNull()
  })
})
