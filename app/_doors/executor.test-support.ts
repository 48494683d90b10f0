import { POST as caseCommand } from '../api/v1/cases/[id]/[command]/route'
import { GET as statement } from '../api/v1/cases/[id]/actions/[request]/statement/route'
import { GET as readCase } from '../api/v1/cases/[id]/route'
import { POST as plan } from '../api/v1/executor/plan/route'
import { POST as warrant } from '../api/v1/executor/warrant/route'
import { POST as nhiCommand } from '../api/v1/nhis/[id]/[command]/route'
import { POST as promote } from '../api/v1/promotions/route'
import { POST as token } from '../api/v1/token/route'
import { ASSERTION_TYPE } from './assertion'
import type { Door } from './door'
import {
  assertionOf,
  call,
  cookieOf,
  type Keys,
  LEAKED,
  machineHeaders,
  openTestDoors,
} from './doors.test-support'
import { startSequencer, until } from './sequencing.test-support'

export const EXECUTOR = 'nhi_executor-postgres'
export const PLAN = {
  changes: ['a new password'],
  undo: 'rotate again',
  reversible: true,
  warnings: [],
  facts: { role: 'svc_orders' },
}
const PEOPLE = ['ada', 'bruno', 'chiara', 'grace', 'hugo', 'ivo', 'farid', 'esther', 'dev'] as const
export type Name = (typeof PEOPLE)[number]
export type ExecutorTest = Awaited<ReturnType<typeof openExecutorTest>>

type With = { with?: string; holding?: Keys['sig'] }

/** An installation whose executor signs in with its own key, and the people around it. */
export async function openExecutorTest(env: Parameters<typeof openTestDoors>[0] = {}) {
  const test = await openTestDoors(env)
  const key = test.executor.sig
  const cookies = new Map<string, string>()
  for (const person of PEOPLE) cookies.set(person, await cookieOf(test.doors, `usr_${person}`))
  const as = (name: Name) => cookies.get(name) ?? ''
  let access = ''
  let stopSequencer: (() => Promise<void>) | null = null

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
  /** What the executor sends, with a token and the proof that it holds its key. */
  async function machine(run: Door, path: string, body?: object, { with: held, holding = key }: With = {}) {
    const method = body ? 'POST' : 'GET'
    const headers = await machineHeaders(held ?? access, holding, method, path)
    const params: Record<string, string> = { case: path.split('/').at(-1) ?? '' }
    return call(run, path, { headers, params, ...(body ? { body } : {}) })
  }
  const signIn = async () => {
    access = (await askToken(await assertionOf(EXECUTOR, key))).body.access_token
    return access
  }
  const person = (name: Name, id: string, slug: string, body: object) =>
    call(caseCommand, `/api/v1/cases/${id}/${slug}`, {
      cookie: as(name),
      body,
      params: { id, command: slug },
    })
  const nhi = (name: Name, id: string, slug: string, body: object) =>
    call(nhiCommand, `/api/v1/nhis/${id}/${slug}`, { cookie: as(name), body, params: { id, command: slug } })
  const file = async (id: string, name: Name = 'ada') =>
    (await call(readCase, `/api/v1/cases/${id}`, { cookie: as(name), params: { id } })).body
  const shown = async (name: Name, id: string, request: string, decision = 'approve') =>
    call(statement, `/api/v1/cases/${id}/actions/${request}/statement?decision=${decision}`, {
      cookie: as(name),
      params: { id, request },
    })

  /** Hugo's leak as a case. */
  const promoted = async (text = `postgres://svc_orders:${encodeURIComponent(LEAKED)}@db.example/orders`) =>
    (await call(promote, '/api/v1/promotions', { cookie: as('hugo'), body: { text, severity: 'high' } })).body
      .case as string

  /** From promotion to a change that waits for its approval: Bruno has taken the case and proposed it. */
  async function planned(id: string): Promise<string> {
    const context = { criticality: 'high', privilege: 'high', exposure: 'internal', note: 'it is real' }
    await person('ada', id, 'confirm-case', context)
    await person('bruno', id, 'assign-case', { assignee: 'usr_bruno' })
    await person('ada', id, 'raise-trust', { reason: 'seen in the channel' })
    const purpose = 'the password is in a chat'
    const kind = 'postgres.rotate-password'
    const proposal = { kind, params: {}, nhi: 'nhi_svc-orders', purpose }
    const request = (await person('bruno', id, 'propose-action', proposal)).body.ids.request as string
    await machine(plan, '/api/v1/executor/plan', { case: id, request, revision: 1, plan: PLAN })
    return request
  }

  /** From there to a warrant that nobody has redeemed. */
  async function warranted(id: string): Promise<{ request: string; warrant: string; jti: string }> {
    const request = await planned(id)
    const { statement: bytes } = (await shown('chiara', id, request)).body
    await person('chiara', id, 'approve-action', { request, statement: bytes, dwell_ms: 4_000 })
    await person('bruno', id, 'start-execution', { request })
    stopSequencer ??= await startSequencer(test.adminUrl)
    const answer = await until(
      () => machine(warrant, '/api/v1/executor/warrant', { case: id, request }),
      ({ status }) => status === 200,
    )
    return { request, ...answer.body }
  }
  return {
    ...test,
    key,
    as,
    askToken,
    machine,
    signIn,
    person,
    nhi,
    file,
    shown,
    promoted,
    planned,
    warranted,
    sequence: async () => {
      stopSequencer ??= await startSequencer(test.adminUrl)
    },
    close: async () => {
      await stopSequencer?.()
      await test.close()
    },
  }
}
