import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { open as openSealed } from '@/lib/connect/seal'
import { GET as jwks } from '../.well-known/jwks.json/route'
import { POST as caseCommand } from '../api/v1/cases/[id]/[command]/route'
import { GET as statement } from '../api/v1/cases/[id]/actions/[request]/statement/route'
import { GET as download } from '../api/v1/cases/[id]/evidence/[sha256]/route'
import { GET as readCase } from '../api/v1/cases/[id]/route'
import { POST as plan } from '../api/v1/executor/plan/route'
import { POST as probe } from '../api/v1/executor/probe/route'
import { POST as receipt } from '../api/v1/executor/receipt/route'
import { POST as redeem } from '../api/v1/executor/redeem/route'
import { GET as secrets } from '../api/v1/executor/secrets/[case]/route'
import { POST as warrant } from '../api/v1/executor/warrant/route'
import { GET as work } from '../api/v1/executor/work/route'
import { POST as nhiCommand } from '../api/v1/nhis/[id]/[command]/route'
import { POST as promote } from '../api/v1/promotions/route'
import { GET as session } from '../api/v1/session/route'
import { POST as token } from '../api/v1/token/route'
import { signAccess } from './access-token'
import { ASSERTION_TYPE } from './assertion'
import type { Door } from './door'
import {
  assertionOf,
  call,
  cookieOf,
  type Keys,
  LEAKED,
  machineHeaders,
  newKey,
  openTestDoors,
  type TestDoors,
} from './doors.test-support'
import { startSequencer, until } from './sequencing.test-support'

const EXECUTOR = 'nhi_executor-postgres'
let test: TestDoors
let stopSequencer: () => Promise<void>
let key: Keys['sig']
let access: string
let id: string
let request: string
const as: Record<string, string> = {}

beforeAll(async () => {
  test = await openTestDoors()
  key = test.executor.sig
  for (const person of ['ada', 'bruno', 'chiara', 'hugo', 'ivo', 'farid', 'esther'])
    as[person] = await cookieOf(test.doors, `usr_${person}`)
  const text = `postgres://svc_orders:${encodeURIComponent(LEAKED)}@db.example/orders`
  id = (
    await call(promote, '/api/v1/promotions', { cookie: as.hugo ?? '', body: { text, severity: 'high' } })
  ).body.case
})
afterAll(async () => {
  await stopSequencer?.()
  await test?.close()
})

const person = (name: string, slug: string, body: object) =>
  call(caseCommand, `/api/v1/cases/${id}/${slug}`, {
    cookie: as[name] ?? '',
    body,
    params: { id, command: slug },
  })
const askToken = (assertion: string) => {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: ASSERTION_TYPE,
    client_assertion: assertion,
  })
  return call(token, '/api/v1/token', {
    raw: form.toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
}
async function machine(run: Door, path: string, body?: object, { with: held = access, holding = key } = {}) {
  const method = body ? 'POST' : 'GET'
  const headers = await machineHeaders(held, holding, method, path)
  const params: Record<string, string> = { case: path.split('/').at(-1) ?? '' }
  return call(run, path, { headers, params, ...(body ? { body } : {}) })
}

describe('a machine’s access token', () => {
  it('C55 is given for an assertion that its enrolled key signed', async () => {
    const { status, body } = await askToken(await assertionOf(EXECUTOR, key))
    expect(status).toBe(200)
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 300, scope: 'write' })
    access = body.access_token
  })

  it('C55 C53 is given for no other', async () => {
    const now = Math.floor(Date.now() / 1000)
    const spent = await assertionOf(EXECUTOR, key)
    expect((await askToken(spent)).status).toBe(200)
    const refused: Record<string, string> = {
      'used before': spent,
      'of another key': await assertionOf(EXECUTOR, await newKey()),
      'of the key for sealing': await assertionOf(EXECUTOR, test.executor.enc),
      'for another address': await assertionOf(EXECUTOR, key, { aud: 'https://elsewhere.example/token' }),
      'for two addresses': await assertionOf(EXECUTOR, key, {
        aud: ['http://localhost:3210/api/v1/token', 'https://elsewhere.example'],
      }),
      'in another name': await assertionOf('nhi_svc-orders', key),
      'in two names': await assertionOf(EXECUTOR, key, { iss: 'nhi_svc-orders' }),
      expired: await assertionOf(EXECUTOR, key, { exp: now - 60 }),
      'that lives too long': await assertionOf(EXECUTOR, key, { exp: now + 3_600 }),
      'without an end': await assertionOf(EXECUTOR, key, { exp: undefined }),
      'of the future': await assertionOf(EXECUTOR, key, { nbf: now + 60 }),
      'without a name': await assertionOf(EXECUTOR, key, { jti: undefined }),
      unsigned: `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify({ iss: EXECUTOR, sub: EXECUTOR, aud: 'http://localhost:3210/api/v1/token', exp: now + 60, jti: 'aaaaaaaa' })).toString('base64url')}.`,
      nothing: '',
    }
    for (const [name, assertion] of Object.entries(refused)) {
      const answer = await askToken(assertion)
      expect(answer.status, name).toBe(401)
      expect(answer.body, name).toEqual({ error: 'invalid_client' })
    }
  })

  it('C52 is of no use without the key, or with a proof for something else', async () => {
    const path = '/api/v1/executor/work'
    expect((await call(work, path, { headers: { authorization: `Bearer ${access}` } })).status).toBe(401)
    expect((await machine(work, path, undefined, { holding: await newKey() })).status).toBe(401)
    const proofs = await machineHeaders(access, key, 'GET', path)
    expect((await call(work, path, { headers: proofs })).status).toBe(200)
    expect((await call(work, path, { headers: proofs })).status, 'replayed').toBe(401)
    const elsewhere = await machineHeaders(access, key, 'GET', '/api/v1/stream')
    expect((await call(work, path, { headers: elsewhere })).status).toBe(401)
    expect(
      (await call(work, path, { headers: await machineHeaders(access, key, 'POST', path) })).status,
    ).toBe(401)
  })

  it('C53 is taken only as what it is', async () => {
    const path = '/api/v1/executor/work'
    for (const other of [
      await assertionOf(EXECUTOR, key),
      `${access.slice(0, -4)}AAAA`,
      access.split('.').slice(0, 2).join('.'),
      'x'.repeat(100),
    ]) {
      expect((await machine(work, path, undefined, { with: other })).status).toBe(401)
    }
  })

  it('C57 opens no session in a browser', async () => {
    const made = await call(session, '/api/v1/session', { cookie: `on-record=${access}` })
    expect(made.status).toBe(401)
    expect(made.headers.getSetCookie()).toEqual([])
    const answered = await machine(work, '/api/v1/executor/work')
    expect(answered.headers.getSetCookie()).toEqual([])
  })
})

describe('an executor', () => {
  it('C40 is asked for a plan once somebody has vouched for the finding and an action is proposed', async () => {
    expect(
      (
        await person('ada', 'confirm-case', {
          criticality: 'high',
          privilege: 'high',
          exposure: 'internal',
          note: 'it is real',
        })
      ).text,
    ).toContain('case.confirmed')
    expect((await person('ada', 'assign-case', { assignee: 'usr_bruno' })).status).toBe(200)
    expect((await person('bruno', 'accept-assignment', {})).status).toBe(200)
    const proposal = {
      kind: 'postgres.rotate-password',
      params: {},
      nhi: 'nhi_svc-orders',
      purpose: 'the password is in a chat',
    }
    const unproved = await person('bruno', 'propose-action', proposal)
    expect(unproved.body.rules, 'C40: a typed message proves nothing').toEqual(['trust.vouched'])
    expect((await person('ada', 'raise-trust', { reason: 'seen in the channel' })).status).toBe(200)
    const proposed = await person('bruno', 'propose-action', proposal)
    expect(proposed.status, proposed.text).toBe(200)
    request = proposed.body.ids.request
    const found = await machine(work, '/api/v1/executor/work')
    expect(found.body.work).toContainEqual(
      expect.objectContaining({ kind: 'plan', case: id, request, revision: 1 }),
    )
  })

  it('C01 C57 never decides: its token approves nothing, and neither does a bare command', async () => {
    const headers = await machineHeaders(access, key, 'POST', `/api/v1/cases/${id}/approve-action`)
    const answer = await call(caseCommand, `/api/v1/cases/${id}/approve-action`, {
      headers,
      body: { request, statement: '{}', dwell_ms: 0 },
      params: { id, command: 'approve-action' },
    })
    expect(answer.status).toBe(403)
  })

  it('reports its plan, and only its own', async () => {
    const body = {
      case: id,
      request,
      revision: 1,
      plan: {
        changes: ['a new password'],
        undo: 'rotate again',
        reversible: true,
        warnings: [],
        facts: { role: 'svc_orders' },
      },
    }
    expect((await call(plan, '/api/v1/executor/plan', { cookie: as.ada ?? '', body })).status).toBe(403)
    expect((await machine(plan, '/api/v1/executor/plan', { ...body, revision: 2 })).status).toBe(409)
    expect((await machine(plan, '/api/v1/executor/plan', { ...body, extra: 1 })).status).toBe(400)
    const planned = await machine(plan, '/api/v1/executor/plan', body)
    expect(planned.status, planned.text).toBe(200)
  })

  it('C02 gets no warrant before approval and start, whoever asks', async () => {
    expect((await machine(warrant, '/api/v1/executor/warrant', { case: id, request })).status).toBe(409)
    expect(
      (await call(warrant, '/api/v1/executor/warrant', { cookie: as.ivo ?? '', body: { case: id, request } }))
        .status,
    ).toBe(403)
  })

  it('C05 an approver decides on the exact bytes that they were shown', async () => {
    const shown = await call(statement, `/api/v1/cases/${id}/actions/${request}/statement?decision=approve`, {
      cookie: as.chiara ?? '',
      params: { id, request },
    })
    expect(shown.status, shown.text).toBe(200)
    const other = await person('chiara', 'approve-action', {
      request,
      statement: shown.body.statement.replace('"revision":1', '"revision":2'),
      dwell_ms: 4_000,
    })
    expect(other.status).toBe(409)
    const approved = await person('chiara', 'approve-action', {
      request,
      statement: shown.body.statement,
      dwell_ms: 4_000,
    })
    expect(approved.status, approved.text).toBe(200)
    expect((await person('bruno', 'start-execution', { request })).status).toBe(200)
  })

  it('waits for the log: its warrant is refused until the approvals are sealed', async () => {
    const early = await machine(warrant, '/api/v1/executor/warrant', { case: id, request })
    expect(early.status).toBe(409)
    expect(early.body.code).toBe('not_sealed')
    expect(early.headers.get('retry-after')).toBe('1')
    stopSequencer = await startSequencer(test.adminUrl)
  })

  let issued: string
  it('C50 gets a warrant for this one action, for minutes', async () => {
    const answer = await until(
      () => machine(warrant, '/api/v1/executor/warrant', { case: id, request }),
      ({ status }) => status === 200,
    )
    issued = answer.body.warrant
    const claims = JSON.parse(Buffer.from(issued.split('.')[1] ?? '', 'base64url').toString())
    expect(claims).toMatchObject({
      act: { sub: EXECUTOR },
      sub: 'usr_bruno',
      case: id,
      txn: request,
      cnf: { jkt: key.kid },
      approvals: [{ sub: 'usr_chiara' }],
    })
    expect(claims.exp - claims.iat).toBeLessThanOrEqual(120)
    const published = await call(jwks as unknown as Door, '/.well-known/jwks.json')
    expect(published.body.keys[0]).not.toHaveProperty('d')
    expect(published.body.keys[0].kid).toBe(
      JSON.parse(Buffer.from(issued.split('.')[0] ?? '', 'base64url').toString()).kid,
    )
  })

  it('C51 redeems it once, however often and at once it tries', async () => {
    const tampered = `${issued.slice(0, -6)}AAAAAA`
    expect((await machine(redeem, '/api/v1/executor/redeem', { warrant: tampered })).status).toBe(403)
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => machine(redeem, '/api/v1/executor/redeem', { warrant: issued })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(49)
    expect(answers.find(({ status }) => status === 200)?.body).toMatchObject({
      case: id,
      request,
      action: { kind: 'postgres.rotate-password' },
    })
  })

  it('reports what it did, once for each warrant; the report is evidence', async () => {
    const jti = JSON.parse(Buffer.from(issued.split('.')[1] ?? '', 'base64url').toString()).jti
    const body = {
      case: id,
      request,
      jti,
      outcome: 'succeeded',
      summary: 'done',
      started_at: '2026-01-01T00:00:00.000Z',
      finished_at: '2026-01-01T00:00:01.000Z',
      result: { role: 'svc_orders', sessions_ended: 3 },
    }
    const [first, again] = [
      await machine(receipt, '/api/v1/executor/receipt', body),
      await machine(receipt, '/api/v1/executor/receipt', body),
    ]
    expect(first.status, first.text).toBe(200)
    expect(again.body).toEqual(first.body)
    const file = await call(readCase, `/api/v1/cases/${id}`, { cookie: as.ada ?? '', params: { id } })
    const kept = file.body.evidence.find((each: { kind: string }) => each.kind === 'receipt')
    const content = await call(download, `/api/v1/cases/${id}/evidence/${kept.sha256}`, {
      cookie: as.ada ?? '',
      params: { id, sha256: kept.sha256 },
    })
    expect(content.body).toEqual(body.result)
  })

  it('C58 alone opens the leaked secret, to try it', async () => {
    const path = `/api/v1/executor/secrets/${id}`
    const handed = await machine(secrets, path)
    expect(handed.status, handed.text).toBe(200)
    expect(handed.body.sealed).toHaveLength(1)
    expect(await openSealed(handed.body.sealed[0].jwe, test.executor.enc)).toBe(LEAKED)
    const { sha256 } = handed.body.sealed[0]
    for (const name of ['ada', 'ivo', 'esther', 'farid']) {
      expect((await call(secrets, path, { cookie: as[name] ?? '', params: { case: id } })).status).toBe(403)
      expect(
        (
          await call(download, `/api/v1/cases/${id}/evidence/${sha256}`, {
            cookie: as[name] ?? '',
            params: { id, sha256 },
          })
        ).status,
      ).toBe(404)
    }
    expect((await machine(secrets, '/api/v1/executor/secrets/case_of-somebody-else')).status).toBe(404)
  })

  it('looks at the effect when it is asked to', async () => {
    expect((await person('ada', 'request-probe', { request })).status).toBe(200)
    const answer = await machine(probe, '/api/v1/executor/probe', {
      case: id,
      request,
      outcome: 'effective',
      summary: 'the old password is refused',
      result: { login: 'refused' },
    })
    expect(answer.status, answer.text).toBe(200)
  })

  it('C16 of another organisation finds nothing here', async () => {
    const foreign = await signAccess(
      { org: 'org_other', nhi: EXECUTOR, scope: 'write', jkt: key.kid },
      test.doors,
      'x',
    )
    expect(
      (await machine(secrets, `/api/v1/executor/secrets/${id}`, undefined, { with: foreign })).status,
    ).toBe(401)
  })

  it('C54 C64 is stopped at its next request when it is disabled, and when its key is revoked', async () => {
    const nhi = (slug: string, body: object) =>
      call(nhiCommand, `/api/v1/nhis/${EXECUTOR}/${slug}`, {
        cookie: as.farid ?? '',
        body,
        params: { id: EXECUTOR, command: slug },
      })
    expect((await nhi('disable-nhi', { reason: 'it behaves oddly' })).status).toBe(200)
    expect((await machine(work, '/api/v1/executor/work')).status).toBe(401)
    expect((await askToken(await assertionOf(EXECUTOR, key))).status).toBe(401)
    expect((await nhi('enable-nhi', { reason: 'it was a drill' })).status).toBe(200)
    expect((await machine(work, '/api/v1/executor/work')).status).toBe(200)
    expect((await nhi('revoke-key', { kid: key.kid, reason: 'it may be known' })).status).toBe(200)
    expect((await machine(work, '/api/v1/executor/work')).status).toBe(401)
  })
})
