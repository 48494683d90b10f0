import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { open as openSealed } from '@/lib/connect/seal'
import { GET as jwks } from '../.well-known/jwks.json/route'
import { POST as caseCommand } from '../api/v1/cases/[id]/[command]/route'
import { GET as download } from '../api/v1/cases/[id]/evidence/[sha256]/route'
import { GET as readCase } from '../api/v1/cases/[id]/route'
import { POST as plan } from '../api/v1/executor/plan/route'
import { POST as probe } from '../api/v1/executor/probe/route'
import { POST as receipt } from '../api/v1/executor/receipt/route'
import { POST as redeem } from '../api/v1/executor/redeem/route'
import { GET as secrets } from '../api/v1/executor/secrets/[case]/route'
import { POST as warrant } from '../api/v1/executor/warrant/route'
import { GET as work } from '../api/v1/executor/work/route'
import { signAccess } from './access-token'
import type { Door } from './door'
import { assertionOf, call, LEAKED, machineHeaders } from './doors.test-support'
import { EXECUTOR, type ExecutorTest, openExecutorTest, PLAN } from './executor.test-support'
import { until } from './sequencing.test-support'

let t: ExecutorTest
let access: string
let id: string
let request: string
beforeAll(async () => {
  t = await openExecutorTest()
  access = await t.signIn()
  id = await t.promoted()
})
afterAll(async () => {
  await t?.close()
})

describe('an executor', () => {
  it('C40 is asked for a plan once somebody has vouched for the finding and an action is proposed', async () => {
    expect(
      (
        await t.person('ada', id, 'confirm-case', {
          criticality: 'high',
          privilege: 'high',
          exposure: 'internal',
          note: 'it is real',
        })
      ).text,
    ).toContain('case.confirmed')
    expect((await t.person('ada', id, 'assign-case', { assignee: 'usr_bruno' })).status).toBe(200)
    expect((await t.person('bruno', id, 'accept-assignment', {})).status).toBe(200)
    const proposal = {
      kind: 'postgres.rotate-password',
      params: {},
      nhi: 'nhi_svc-orders',
      purpose: 'the password is in a chat',
    }
    const unproved = await t.person('bruno', id, 'propose-action', proposal)
    expect(unproved.body.rules, 'C40: a typed message proves nothing').toEqual(['trust.vouched'])
    expect((await t.person('ada', id, 'raise-trust', { reason: 'seen in the channel' })).status).toBe(200)
    const proposed = await t.person('bruno', id, 'propose-action', proposal)
    expect(proposed.status, proposed.text).toBe(200)
    request = proposed.body.ids.request
    const found = await t.machine(work, '/api/v1/executor/work')
    expect(found.body.work).toContainEqual(
      expect.objectContaining({ kind: 'plan', case: id, request, revision: 1 }),
    )
  })

  it('C01 C57 never decides: its token approves nothing, and neither does a bare command', async () => {
    const headers = await machineHeaders(access, t.key, 'POST', `/api/v1/cases/${id}/approve-action`)
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
      plan: PLAN,
    }
    expect((await call(plan, '/api/v1/executor/plan', { cookie: t.as('ada'), body })).status).toBe(403)
    expect((await t.machine(plan, '/api/v1/executor/plan', { ...body, revision: 2 })).status).toBe(409)
    expect((await t.machine(plan, '/api/v1/executor/plan', { ...body, extra: 1 })).status).toBe(400)
    const planned = await t.machine(plan, '/api/v1/executor/plan', body)
    expect(planned.status, planned.text).toBe(200)
  })

  it('C02 gets no warrant before approval and start, whoever asks', async () => {
    expect((await t.machine(warrant, '/api/v1/executor/warrant', { case: id, request })).status).toBe(409)
    expect(
      (await call(warrant, '/api/v1/executor/warrant', { cookie: t.as('ivo'), body: { case: id, request } }))
        .status,
    ).toBe(403)
  })

  it('C05 an approver decides on the exact bytes that they were shown', async () => {
    const shown = await t.shown('chiara', id, request)
    expect(shown.status, shown.text).toBe(200)
    const other = await t.person('chiara', id, 'approve-action', {
      request,
      statement: shown.body.statement.replace('"revision":1', '"revision":2'),
      dwell_ms: 4_000,
    })
    expect(other.status).toBe(409)
    const approved = await t.person('chiara', id, 'approve-action', {
      request,
      statement: shown.body.statement,
      dwell_ms: 4_000,
    })
    expect(approved.status, approved.text).toBe(200)
    expect((await t.person('bruno', id, 'start-execution', { request })).status).toBe(200)
  })

  it('waits for the log: its warrant is refused until the approvals are sealed', async () => {
    const early = await t.machine(warrant, '/api/v1/executor/warrant', { case: id, request })
    expect(early.status).toBe(409)
    expect(early.body.code).toBe('not_sealed')
    expect(early.headers.get('retry-after')).toBe('1')
    await t.sequence()
  })

  let issued: string
  it('C50 gets a warrant for this one action, for minutes', async () => {
    const answer = await until(
      () => t.machine(warrant, '/api/v1/executor/warrant', { case: id, request }),
      ({ status }) => status === 200,
    )
    issued = answer.body.warrant
    const claims = JSON.parse(Buffer.from(issued.split('.')[1] ?? '', 'base64url').toString())
    expect(claims).toMatchObject({
      act: { sub: EXECUTOR },
      sub: 'usr_bruno',
      case: id,
      txn: request,
      cnf: { jkt: t.key.kid },
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
    expect((await t.machine(redeem, '/api/v1/executor/redeem', { warrant: tampered })).status).toBe(403)
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => t.machine(redeem, '/api/v1/executor/redeem', { warrant: issued })),
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
      await t.machine(receipt, '/api/v1/executor/receipt', body),
      await t.machine(receipt, '/api/v1/executor/receipt', body),
    ]
    expect(first.status, first.text).toBe(200)
    expect(again.body).toEqual(first.body)
    const file = await call(readCase, `/api/v1/cases/${id}`, { cookie: t.as('ada'), params: { id } })
    const kept = file.body.evidence.find((each: { kind: string }) => each.kind === 'receipt')
    const content = await call(download, `/api/v1/cases/${id}/evidence/${kept.sha256}`, {
      cookie: t.as('ada'),
      params: { id, sha256: kept.sha256 },
    })
    expect(content.body).toEqual(body.result)
  })

  it('C58 alone opens the leaked secret, to try it', async () => {
    const path = `/api/v1/executor/secrets/${id}`
    const handed = await t.machine(secrets, path)
    expect(handed.status, handed.text).toBe(200)
    expect(handed.body.sealed).toHaveLength(1)
    expect(await openSealed(handed.body.sealed[0].jwe, t.executor.enc)).toBe(LEAKED)
    const { sha256 } = handed.body.sealed[0]
    for (const name of ['ada', 'ivo', 'esther', 'farid'] as const) {
      expect((await call(secrets, path, { cookie: t.as(name), params: { case: id } })).status).toBe(403)
      expect(
        (
          await call(download, `/api/v1/cases/${id}/evidence/${sha256}`, {
            cookie: t.as(name),
            params: { id, sha256 },
          })
        ).status,
      ).toBe(404)
    }
    expect((await t.machine(secrets, '/api/v1/executor/secrets/case_of-somebody-else')).status).toBe(404)
  })

  it('looks at the effect when it is asked to', async () => {
    expect((await t.person('ada', id, 'request-probe', { request })).status).toBe(200)
    const answer = await t.machine(probe, '/api/v1/executor/probe', {
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
      { org: 'org_other', nhi: EXECUTOR, scope: 'write', jkt: t.key.kid },
      t.doors,
      'x',
    )
    expect(
      (await t.machine(secrets, `/api/v1/executor/secrets/${id}`, undefined, { with: foreign })).status,
    ).toBe(401)
  })

  it('C54 C64 is stopped at its next request when it is disabled, and when its key is revoked', async () => {
    const nhi = (slug: string, body: object) => t.nhi('farid', EXECUTOR, slug, body)
    expect((await nhi('disable-nhi', { reason: 'it behaves oddly' })).status).toBe(200)
    expect((await t.machine(work, '/api/v1/executor/work')).status).toBe(401)
    expect((await t.askToken(await assertionOf(EXECUTOR, t.key))).status).toBe(401)
    expect((await nhi('enable-nhi', { reason: 'it was a drill' })).status).toBe(200)
    expect((await t.machine(work, '/api/v1/executor/work')).status).toBe(200)
    expect((await nhi('revoke-key', { kid: t.key.kid, reason: 'it may be known' })).status).toBe(200)
    expect((await t.machine(work, '/api/v1/executor/work')).status).toBe(401)
  })
})
