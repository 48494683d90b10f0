import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkNote, formatVkey, noteSigner, parseNote } from '@/lib/record/note'
import { applyPolicy, parsePolicy } from '@/lib/record/policy-file'
import { bundleWitness, type RunningWitness, startWitness } from '@/scripts/witness/witness.test-support'
import { GET as checkpoint } from '../api/log/[org]/checkpoint/route'
import { GET as witnessed } from '../api/log/[org]/checkpoint/witnessed/route'
import { GET as ready } from '../api/ready/route'
import { GET as caseFile } from '../api/v1/cases/[id]/route'
import { POST as promote } from '../api/v1/promotions/route'
import { POST as registry } from '../api/v1/registry/[command]/route'
import { POST as ask } from '../api/v1/registry/witnesses/test/route'
import { GET as settings } from '../api/v1/settings/route'
import { GET as stream } from '../api/v1/stream/route'
import { call, cookieOf, ORIGIN, openTestDoors, type TestDoors } from './doors.test-support'
import { startSequencer, startWitnessing, until } from './sequencing.test-support'

const ORG = 'org_halden'
const seed = new Uint8Array(32).fill(4)
const LOG = formatVkey(noteSigner('localhost/log', seed))
let test: TestDoors
let team: RunningWitness
let farid: string
let esther: string
const ends: (() => unknown)[] = []

beforeAll(async () => {
  test = await openTestDoors()
  const folder = await mkdtemp(join(tmpdir(), 'on-record-witness-'))
  team = await startWitness(await bundleWitness(), folder, [LOG], '--name', 'witness.other.example/one')
  ends.push(team.kill)
  farid = await cookieOf(test.doors, 'usr_farid')
  esther = await cookieOf(test.doors, 'usr_esther')
  ends.push(await startSequencer(test.adminUrl, seed))
  ends.push(startWitnessing(test.adminUrl))
})
afterAll(async () => {
  for (const end of ends.reverse()) await end()
  await test?.close()
})

const tell = (command: string, body: object, cookie = farid) =>
  call(registry, `/api/v1/registry/${command}`, { cookie, body, params: { command } })
const askIt = (vkey: string, cookie = farid) =>
  call(ask, '/api/v1/registry/witnesses/test', { cookie, body: { vkey } })
const look = async () => (await call(settings, '/api/v1/settings', { cookie: esther })).body.witnesses

describe('a witness', () => {
  it('is added by an administrator, and by nobody else', async () => {
    const input = { vkey: team.vkey, url: team.url }
    expect((await tell('add-witness', input, esther)).status).toBe(403)
    expect((await tell('add-witness', { ...input, url: 'http://10.0.0.1' })).status).toBe(400)
    expect((await tell('add-witness', input)).status).toBe(200)
    expect((await look()).list).toMatchObject([
      { vkey: team.vkey, name: 'witness.other.example/one', url: team.url },
    ])
  })

  it('C26 makes a case’s events witnessed within seconds, and the pages hear of it', async () => {
    const heard = await listen(farid)
    const ada = await cookieOf(test.doors, 'usr_ada')
    const made = await call(promote, '/api/v1/promotions', {
      cookie: ada,
      body: { text: 'a finding', severity: 'low' },
    })
    const id: string = made.body.case
    const seals = async () => {
      const { body } = await call(caseFile, `/api/v1/cases/${id}`, { cookie: ada, params: { id } })
      return body.timeline.map((entry: { seal: { status: string } }) => entry.seal.status) as string[]
    }
    await until(seals, (all) => all.length > 0 && all.every((status) => status === 'witnessed'))
    expect(heard()).toMatch(/event: sealed\n[\s\S]*event: witnessed\ndata: \{"size":\d+\}/)
    const state = await look()
    expect(state.list[0]).toMatchObject({ error: null, size: state.health.witnessed_size })
    expect(state.alerts).toEqual([])
  })

  it('signs the checkpoint that everybody reads', async () => {
    const params = { org: ORG }
    const published = await call(checkpoint, `/api/log/${ORG}/checkpoint`, { params })
    const note = parseNote((await call(witnessed, `/api/log/${ORG}/checkpoint/witnessed`, { params })).text)
    const policy = parsePolicy(`log ${LOG}\nwitness other ${team.vkey}\nquorum other\n`)
    expect(applyPolicy(policy, 'localhost/log', note).quorum).toBe('met')
    expect(checkNote(noteSigner('localhost/log', seed), parseNote(published.text))).toBe('signed')
  })

  it('is really asked when somebody wants to know, also by the auditor', async () => {
    const answer = await askIt(team.vkey, esther)
    expect([answer.status, answer.body.sentence]).toEqual([
      200,
      expect.stringMatching(/^It signed the log of \d+ entries, at 2/),
    ])
    expect((await askIt('nobody.example+00000000+BAAA')).status).toBe(404)
    expect((await askIt(team.vkey, await cookieOf(test.doors, 'usr_hugo'))).status).toBe(403)
  })

  it('that is gone is named, with what it said; events are sealed all the same, and an alert says so in time', async () => {
    await team.kill()
    const answer = await askIt(team.vkey)
    expect(answer).toMatchObject({
      status: 503,
      body: { sentence: 'It can not be reached: nothing answers there (ECONNREFUSED).' },
    })
    const ada = await cookieOf(test.doors, 'usr_ada')
    await call(promote, '/api/v1/promotions', {
      cookie: ada,
      body: { text: 'another finding', severity: 'low' },
    })
    const state = await until(look, ({ list }) => list[0].error !== null)
    expect(state.list[0].error).toBe('It can not be reached: nothing answers there (ECONNREFUSED).')
    expect(state.health.size).toBeGreaterThan(state.health.witnessed_size)
    Object.assign(test.doors.settings, { witnessSeconds: 1 })
    const late = await until(look, ({ alerts }) => alerts.length > 0)
    expect(late.alerts[0]).toMatch(/^Sealed events have waited \d+ seconds to be witnessed/)
    expect((await call(ready, '/api/ready')).body).toMatchObject({ signs: true })
  })

  it('leaves no way to reach other addresses', async () => {
    expect((await askIt('http://127.0.0.1:1')).status).toBe(404)
    const { status } = await call(ask, '/api/v1/registry/witnesses/test', {
      cookie: farid,
      body: { vkey: team.vkey, url: 'http://127.0.0.1:1' },
    })
    expect(status).toBe(400)
  })
})

async function listen(cookie: string): Promise<() => string> {
  const stopping = new AbortController()
  const request = new Request(`${ORIGIN}/api/v1/stream`, { headers: { cookie }, signal: stopping.signal })
  const response = await stream(request, { params: Promise.resolve({}) })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let heard = ''
  const follow = async () => {
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) heard += next.value
  }
  void follow().catch(() => undefined)
  ends.push(() => {
    stopping.abort()
    return reader?.cancel().catch(() => undefined)
  })
  return () => heard
}
