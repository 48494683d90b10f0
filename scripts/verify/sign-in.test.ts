import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { followTo, jar } from '@/app/_doors/browser.test-support'
import { call, ORIGIN } from '@/app/_doors/doors.test-support'
import { type ExecutorTest, openExecutorTest } from '@/app/_doors/executor.test-support'
import { exportedTo } from '@/app/_doors/exported.test-support'
import { CLIENT, openProvider } from '@/app/_doors/oidc-provider.test-support'
import { until } from '@/app/_doors/sequencing.test-support'
import { GET as auth } from '@/app/api/auth/[...nextauth]/route'
import { POST as signInFor } from '@/app/api/v1/cases/[id]/actions/[request]/sign-in/route'
import { POST as warrant } from '@/app/api/v1/executor/warrant/route'
import { emailOf, samplePerson } from '@/db/seed/people'
import { edit, editLines, type Files, readerOf, readFolder } from '@/lib/record/folder.test-support'
import { verifyBundle } from '@/lib/record/verify'

// From a real provider's token through the database to what an auditor finds: nothing in between is made for this test.

const hasPython = spawnSync('python3', ['--version']).status === 0
let provider: Awaited<ReturnType<typeof openProvider>>
let t: ExecutorTest
let folder: string

beforeAll(async () => {
  provider = await openProvider(`${ORIGIN}/api/auth/callback/oidc`)
  provider.claims.set('sub-chiara', { email: emailOf(samplePerson('usr_chiara')), email_verified: true })
  t = await openExecutorTest({
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
  })
  await t.signIn()
  const id = await t.promoted()
  const request = await t.planned(id)
  await approveBySignIn(id, request)
  await t.person('bruno', id, 'start-execution', { request })
  await t.sequence()
  await until(
    () => t.machine(warrant, '/api/v1/executor/warrant', { case: id, request }),
    ({ status }) => status === 200,
  )
  folder = await exportedTo(t, id, 'Who let it run?')
})
afterAll(async () => {
  provider?.close()
  await t?.close()
})

/** Chiara signs in again for what she is shown, and her browser comes back. */
async function approveBySignIn(id: string, request: string): Promise<void> {
  const here = jar()
  here.keep(new Headers({ 'set-cookie': t.as('chiara') }))
  const { statement } = (await t.shown('chiara', id, request)).body
  const sent = await call(signInFor, `/api/v1/cases/${id}/actions/${request}/sign-in`, {
    cookie: here.header(),
    body: { statement, dwell_ms: 4_000 },
    params: { id, request },
  })
  here.keep(sent.headers)
  provider.next.login = { accountId: 'sub-chiara' }
  const back = await followTo(ORIGIN, sent.body.location, jar())
  await call(auth, `${back.pathname}${back.search}`, {
    cookie: here.header(),
    params: { nextauth: ['callback', 'oidc'] as never },
  })
}

const only = (files: Files, name: string) =>
  [...files.keys()].find((path) => path.startsWith('data/approvals/') && path.endsWith(name)) ?? ''

/** What is wrong with it. Whose keys signed the log and the export is not what this is about: they are this test's own. */
async function wrong(files: Files): Promise<string[]> {
  const { findings } = await verifyBundle(readerOf(files))
  const failed = findings.filter(
    ({ level, code }) => level === 'fail' && !/^(checkpoint|signature)\./.test(code),
  )
  return failed.map(({ code }) => code).sort()
}

it('C07 C08: an approval by signing in again counts for whoever checks the export, with the warrant that rests on it', async () => {
  const files = readFolder(folder)
  expect(await wrong(files)).toEqual([])
  const { findings, counts } = await verifyBundle(readerOf(files))
  expect(counts['approval.issuer_keys_copied']).toBe(1)
  const note = findings.find(({ code }) => code === 'approval.issuer_keys_copied')
  expect(note?.sentence).toContain(`signed in as sub-chiara at ${provider.issuer}`)
  expect([...files.keys()].some((path) => path.startsWith('data/warrants/wrt_'))).toBe(true)
})

it.skipIf(!hasPython)('C07: the second verifier says the same, in another language', () => {
  const program = join(import.meta.dirname, '../second-verifier/verify.py')
  const { stdout } = spawnSync('python3', [program, folder], { encoding: 'utf8' })
  expect(stdout).toMatch(/^\(approval\.issuer_keys_copied\) {2}case_/m)
  expect(stdout).not.toMatch(/^approval\./m)
})

it('C69: whose account signed in can’t be left out', async () => {
  const files = readFolder(folder)
  const ties = ({ event }: { event: string }) => Buffer.from(event, 'base64').includes('member.identified')
  editLines(files, 'data/registry.ndjson', (lines) => lines.filter((line) => line && !ties(JSON.parse(line))))
  expect(await wrong(files)).toEqual(
    expect.arrayContaining(['approval.account_not_tied', 'warrant.quorum_not_met']),
  )
})

it('C08: a token that was touched since counts for nothing', async () => {
  const files = readFolder(folder)
  edit(files, only(files, '/id-token.jwt'), (token) => token.replace(/.{8}$/, 'AAAAAAAA'))
  const touched = ['approval.id_token_altered', 'approval.id_token_bad_signature', 'warrant.quorum_not_met']
  expect(await wrong(files)).toEqual(expect.arrayContaining(touched))
})
