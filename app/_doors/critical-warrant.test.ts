import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approves } from '@/lib/record/authenticator.test-support'
import { formatVkey, noteSigner } from '@/lib/record/note'
import { bundleWitness, type RunningWitness, startWitness } from '@/scripts/witness/witness.test-support'
import { POST as warrantDoor } from '../api/v1/executor/warrant/route'
import { POST as registry } from '../api/v1/registry/[command]/route'
import { call } from './doors.test-support'
import { type ExecutorTest, type Name, openExecutorTest } from './executor.test-support'
import { enrolled, here } from './passkey.test-support'
import { startSequencer, startWitnessing, until } from './sequencing.test-support'

const seed = new Uint8Array(32).fill(6)
const LOG = formatVkey(noteSigner('localhost/log', seed))
const APPROVERS = ['chiara', 'grace', 'dev'] as const
let t: ExecutorTest
let bundle: string
const ends: (() => unknown)[] = []

beforeAll(async () => {
  bundle = await bundleWitness()
  t = await openExecutorTest()
  await t.signIn()
  await t.nhi('farid', 'nhi_svc-orders', 'describe-nhi', { privilege: 'tier-0' })
  await tell('change-roles', { member: 'usr_grace', roles: ['approver'], reason: 'Two are needed.' })
  for (const name of APPROVERS) keys.set(name, await enrolled(t.as(name)))
  ends.push(await startSequencer(t.adminUrl, seed))
  ends.push(startWitnessing(t.adminUrl))
})
afterAll(async () => {
  for (const end of ends.reverse()) await end()
  await t?.close()
})

const keys = new Map<Name, Awaited<ReturnType<typeof enrolled>>>()
async function tell(command: string, body: object): Promise<void> {
  const answer = await call(registry, `/api/v1/registry/${command}`, {
    ...{ cookie: t.as('farid'), body, params: { command } },
  })
  if (answer.status !== 200) throw new Error(answer.text)
}

/** A witness of another team's, as the settings name it; where it was before when it comes back. */
async function witness(folder: string, port = '0'): Promise<RunningWitness> {
  const team = await startWitness(bundle, folder, [LOG], '--port', port)
  ends.push(team.kill)
  return team
}

/** A tier-0 password to rotate, signed by two approvers and its owner, that the executor may begin. */
async function started(): Promise<{ id: string; request: string }> {
  const id = await t.promoted()
  const request = await t.planned(id)
  for (const name of APPROVERS) {
    const { statement } = (await t.shown(name, id, request)).body
    const key = keys.get(name)
    if (!key) throw new Error(`${name} has no key`)
    const passkey = approves(key, statement, here)
    const approved = await t.person(name, id, 'approve-action', {
      request,
      statement,
      dwell_ms: 4_000,
      passkey,
    })
    if (approved.status !== 200) throw new Error(approved.text)
  }
  expect((await t.person('bruno', id, 'start-execution', { request })).status).toBe(200)
  return { id, request }
}
const ask = (about: { id: string; request: string }) =>
  t.machine(warrantDoor, '/api/v1/executor/warrant', { case: about.id, request: about.request })
const sealed = (about: { id: string; request: string }) =>
  until(
    () => ask(about),
    ({ body }) => body.code !== 'not_sealed',
  )

describe('C24 C26 a critical action', () => {
  it('gets its warrant once its approvals are witnessed, and not while the witness is away', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'on-record-witness-'))
    const first = await witness(folder)
    await tell('add-witness', { vkey: first.vkey, url: first.url })
    await first.kill()
    const about = await started()
    const early = await sealed(about)
    expect([early.status, early.body.code]).toEqual([409, 'not_witnessed'])
    expect(early.headers.get('retry-after')).toBe('2')
    expect(early.body.remedy).toContain('Settings, Witnesses')
    const file = await t.file(about.id)
    expect(file.actions.at(-1)).toMatchObject({ status: 'started', awaits: 'witnessed' })
    expect(file.actions.at(-1).quorum.tier).toBe('critical')
    await witness(folder, new URL(first.url).port)
    const given = await until(
      () => ask(about),
      ({ status }) => status === 200,
    )
    expect(given.body.warrant).toMatch(/^ey/)
    expect((await t.file(about.id)).actions.at(-1)).toMatchObject({ status: 'running', awaits: null })
  })

  it('waits for as many witnesses as the rule in force asks for', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'on-record-witness-'))
    const second = await witness(folder)
    await tell('add-witness', { vkey: second.vkey, url: second.url })
    await second.kill()
    await tell('set-witness-quorum', { quorum: 2, reason: 'Both of them.' })
    const about = await started()
    expect((await sealed(about)).body.code, 'one of two has signed').toBe('not_witnessed')
    await tell('set-witness-quorum', { quorum: 1, reason: 'One is away for long.' })
    await until(
      () => ask(about),
      ({ status }) => status === 200,
    )
  })
})
