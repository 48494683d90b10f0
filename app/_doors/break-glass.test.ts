import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approves, type SoftKey } from '@/lib/record/authenticator.test-support'
import { readerOf, readFolder } from '@/lib/record/folder.test-support'
import { verifyBundle } from '@/lib/record/verify'
import { GET as approvals } from '../api/v1/approvals/route'
import { POST as receipt } from '../api/v1/executor/receipt/route'
import { POST as redeem } from '../api/v1/executor/redeem/route'
import { POST as warrant } from '../api/v1/executor/warrant/route'
import { call } from './doors.test-support'
import { type ExecutorTest, type Name, openExecutorTest } from './executor.test-support'
import { exportedTo } from './exported.test-support'
import { enrolled, here } from './passkey.test-support'
import { pdfText } from './pdf-text.test-support'
import { until } from './sequencing.test-support'

let t: ExecutorTest
let id: string
let request: string
let key: SoftKey
const REASON = 'The password is used by an attacker right now, and no approver answers.'

beforeAll(async () => {
  t = await openExecutorTest()
  await t.signIn()
  id = await t.promoted()
  request = await t.planned(id)
  key = await enrolled(t.as('bruno'))
})
afterAll(() => t?.close())

const invoke = async (name: Name, change: object = {}) => {
  const { statement } = (await t.shown(name, id, request, 'break-glass')).body
  const passkey = approves(key, statement, here)
  return t.person(name, id, 'invoke-break-glass', { request, reason: REASON, statement, passkey, ...change })
}
const queueOf = async (name: Name) =>
  (await call(approvals, '/api/v1/approvals', { cookie: t.as(name) })).body.rows.find(
    (row: { action: { request: string } }) => row.action.request === request,
  )

describe('C20 an emergency', () => {
  it('C20 is refused without a passkey’s signature, with somebody else’s, and to who may not', async () => {
    expect((await invoke('bruno', { passkey: null })).body.code).toBe('assurance_required')
    expect((await invoke('ada')).body.rules).toEqual(['passkeys.own'])
    expect((await invoke('chiara')).status).toBe(403)
    expect((await t.file(id)).actions[0].breakglass).toBeNull()
  })

  it('C20 lets the executor run it without approvals once it is sealed', async () => {
    const broken = await invoke('bruno')
    expect(broken.status, broken.text).toBe(200)
    await t.sequence()
    const issued = await until(
      () => t.machine(warrant, '/api/v1/executor/warrant', { case: id, request }),
      ({ status }) => status === 200,
    )
    const redeemed = await t.machine(redeem, '/api/v1/executor/redeem', { warrant: issued.body.warrant })
    expect(redeemed.status, redeemed.text).toBe(200)
    const done = await t.machine(receipt, '/api/v1/executor/receipt', {
      ...{
        case: id,
        request,
        jti: issued.body.jti,
        outcome: 'succeeded',
        summary: 'done',
        result: { ok: true },
      },
      ...{ started_at: '2026-01-01T00:00:00.000Z', finished_at: '2026-01-01T00:00:01.000Z' },
    })
    expect(done.status, done.text).toBe(200)
  })

  it('C20 stands in the queue of everybody who can review it, and not of who broke the glass', async () => {
    for (const name of ['chiara', 'farid', 'dev'] as const)
      expect(await queueOf(name), name).toMatchObject({ mine: true })
    expect(await queueOf('bruno')).toMatchObject({ mine: false })
  })

  it('C20 keeps the case open until two others have reviewed it', async () => {
    const { evidence } = await t.file(id)
    const sha256 = evidence.find((each: { kind: string }) => each.kind === 'receipt').sha256
    expect((await t.person('ada', id, 'advance-case', { to: 'verify' })).status).toBe(200)
    const verdict = { request, outcome: 'passed', evidence: [sha256] }
    expect((await t.person('bruno', id, 'record-verification', verdict)).status, 'he let it run').toBe(403)
    expect((await t.person('grace', id, 'record-verification', verdict)).status).toBe(200)
    const close = () => t.person('ada', id, 'close-case', { disposition: 'remediated', summary: 'Rotated.' })
    const review = (name: Name) =>
      t.person(name, id, 'review-break-glass', { request, outcome: 'justified', note: 'The log shows it.' })
    expect((await close()).body.missing).toMatchObject([{ name: 'break-glass-review' }])
    expect((await review('bruno')).status).toBe(403)
    expect((await review('grace')).status, 'an analyst without a part in it').toBe(403)
    expect((await review('chiara')).status).toBe(200)
    expect((await review('chiara')).status).toBe(409)
    expect((await close()).status).toBe(409)
    expect((await review('farid')).status).toBe(200)
    expect(await queueOf('farid')).toBeUndefined()
    expect((await close()).status).toBe(200)
  })

  it('C07 C20 goes into the export with all that its signature covers, and stands before a verifier', async () => {
    const folder = await exportedTo(t, id, 'What happened that night?')
    const files = readFolder(folder)
    const signed = [...files.keys()].filter((path) => path.startsWith('data/emergencies/'))
    expect(signed.map((path) => path.split('/').at(-1)).sort()).toEqual([
      ...['authdata.bin', 'clientdata.json', 'credential.pem', 'signature.bin', 'statement.json'],
    ])
    const { findings } = await verifyBundle(readerOf(files))
    const codes = findings.filter(({ code }) => /^(?:approval|warrant)\./.test(code)).map(({ code }) => code)
    expect(codes).toEqual(['warrant.break_glass'])
    const report = pdfText(`${folder}/data/derived/case.pdf`)
    expect(report).toContain('Bruno Salas let it run without its approvals')
    expect(report).toContain('Chiara Lind: justified')
  })
})
