import { readdirSync, statSync } from 'node:fs'
import { utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SMALL } from '../../db/content/store'
import { done, FINDING } from '../../db/database.test-support'
import { openDeps, type Performing } from '../../db/deps'
import { daysAgo } from '../../db/erasure/erasure.test-support'
import { urlAs } from '../../db/roles'
import { sampleActor } from '../../db/seed/actors'
import { SAMPLE_ORG } from '../../db/seed/people'
import { sha256Hex } from '../../lib/record/digest'
import { abandonedLongAgo } from './abandoned.test-support'
import { type Installation, install } from './installation.test-support'
import { aCase, type Person, signIn, untilReady } from './person.test-support'
import { expectSoundRecord, untilSealed } from './record.test-support'
import { until } from './until.test-support'

let on: Installation
let deps: Performing
const people: Record<string, Person> = {}

beforeAll(async () => {
  on = await install()
  on.start('web')
  await untilReady(on.url)
  for (const name of ['ada', 'grace', 'chiara']) people[name] = await signIn(on.url, `usr_${name}`)
  const url = urlAs('on_record_app', on.adminUrl, on.secret)
  deps = openDeps({ url, origin: on.url, policies: 'policies', connections: 2, name: 'resilience' })
})
afterAll(async () => {
  await deps?.sql.end({ timeout: 1 })
  await on?.close()
})

/** Starts a worker, waits for the moment, kills it, and says whether it was killed in the middle. */
async function killedWhen(reached: () => Promise<number>, of: number): Promise<number> {
  const worker = on.start('worker')
  const before = await reached()
  let now = before
  for (const end = Date.now() + 20_000; now === before && Date.now() < end; now = await reached())
    await pause(1)
  await worker.kill()
  await abandonedLongAgo(on.admin)
  const after = await reached()
  expect(after).toBeGreaterThan(before)
  return after < of ? 1 : 0
}

async function soundAfterwards(): Promise<void> {
  const sequencer = on.start('sequencer')
  await untilSealed(on.admin)
  await expectSoundRecord(on.admin, on.folders.sequencer)
  await sequencer.kill()
}

describe('C36: the worker, killed in the middle of', () => {
  it('removing the files of erased evidence, leaves the rest to the next one: all that is due goes, nothing else does', async () => {
    const { ada, grace, chiara } = people
    if (!ada || !grace || !chiara) throw new Error('nobody is signed in')
    const [id, other] = [await aCase(ada), await aCase(ada)]
    const attach = async (to: string, text: string) => {
      const { status } = await ada.attach(to, parts(text))
      expect(status).toBeLessThan(300)
      return keptAnHourAgo(sha256Hex(text))
    }
    // Every third is large, and so a file; the others lie in the database.
    const dueText = (number: number) =>
      `to be erased, number ${number}`.padEnd(number % 3 ? 0 : 2 * SMALL, '.')
    const due = await inTurn(150, (number) => attach(id, dueText(number)))
    const kept = await inTurn(20, (number) => attach(number % 2 ? id : other, `to be kept, number ${number}`))
    const shared = due.slice(0, 3)
    for (const [number] of shared.entries()) await attach(other, dueText(number))
    const seqs = await on.admin<{ seq: number }[]>`
      select seq from event where stream = ${id} and said(body) ->> 'sha256' = any(${due}) order by seq`
    for (let at = 0; at < seqs.length; at += 50) {
      const asked = { seqs: seqs.slice(at, at + 50).map(({ seq }) => seq), reason: 'She asked us to.' }
      const { body } = await grace.ask('POST', `/api/v1/cases/${id}/request-erasure`, asked)
      const { erasure } = body.ids as { erasure: string }
      expect((await chiara.ask('POST', `/api/v1/cases/${id}/agree-erasure`, { erasure })).status).toBe(200)
    }

    const toGo = due.filter((sha256) => !shared.includes(sha256))
    const gone = async () => toGo.length - (await stillThere(toGo)).length
    let inTheMiddle = 0
    for (let times = 0; times < 3 && (await gone()) < toGo.length; times++)
      inTheMiddle += await killedWhen(gone, toGo.length)
    expect(inTheMiddle).toBeGreaterThan(0)

    const last = on.start('worker')
    await until(async () => (await on.admin`select 1 from content_to_remove`).length === 0, 60_000)
    await last.kill()
    expect(await stillThere(toGo)).toEqual([])
    expect(await stillThere([...kept, ...shared])).toHaveLength(kept.length + shared.length)
    expect(leftAside()).toEqual([])
    const removals = await on.admin<{ removed: number; shared: number }[]>`
      select (said(body) ->> 'removed')::int as removed, (said(body) ->> 'shared')::int as shared from event
      where stream = ${id} and type = 'evidence.removed'`
    const sum = (field: 'removed' | 'shared') => removals.reduce((total, one) => total + one[field], 0)
    expect([sum('removed'), sum('shared')]).toEqual([toGo.length, shared.length])
    await soundAfterwards()
  }, 180_000)

  it('erasing by a rule, leaves the rest to the next one, and nothing is erased twice or too early', async () => {
    const past = daysAgo(deps, 400)
    const old = await inTurn(30, () => closedCase(past, 6))
    const recent = await inTurn(3, () => closedCase(deps, 6))
    const rule = { days: 365, what: ['comments'], except: [] }
    const proposed = await done(deps, sampleActor('usr_farid'), registry('proposeRetention', rule))
    await done(deps, sampleActor('usr_chiara'), registry('agreeRetention', { rule: proposed.ids.rule }))

    const erased = async (streams: readonly string[]) => {
      const [row] = await on.admin<{ count: number }[]>`
        select count(*)::int as count from event where stream = any(${[...streams]}) and type = 'comment.added' and body is null`
      return row?.count ?? 0
    }
    await on.admin`select graphile_worker.add_job('erase-by-rule', '{}'::json)`
    let inTheMiddle = 0
    for (let times = 0; times < 2; times++) inTheMiddle += await killedWhen(() => erased(old), 180)
    expect(inTheMiddle).toBeGreaterThan(0)
    const last = on.start('worker')
    await until(async () => (await erased(old)) === 180, 60_000)
    await last.kill()
    expect(await erased(recent)).toBe(0)
    const [said] = await on.admin<{ times: number; different: number }[]>`
      select count(*)::int as times, count(distinct (stream, said(body) ->> 'seq'))::int as different from event
      where stream = any(${[...old]}) and type = 'event.redacted'`
    expect(said).toEqual({ times: 180, different: 180 })
    await soundAfterwards()
  }, 180_000)
})

async function inTurn<T>(times: number, make: (number: number) => Promise<T>): Promise<T[]> {
  const made: T[] = []
  for (let number = 0; number < times; number++) made.push(await make(number))
  return made
}

async function* parts(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text)
}

function fileOf(sha256: string): string {
  return join(on.folders.evidence, 'content', SAMPLE_ORG, sha256.slice(0, 2), sha256)
}

async function keptAnHourAgo(sha256: string): Promise<string> {
  const { count } = await on.admin`update content set at = now() - interval '1 hour' where sha256 = ${sha256}`
  if (count === 0) await utimes(fileOf(sha256), new Date(), new Date(Date.now() - 3_600_000))
  return sha256
}

async function stillThere(digests: readonly string[]): Promise<string[]> {
  const rows = await on.admin<
    { sha256: string }[]
  >`select sha256 from content where sha256 = any(${[...digests]})`
  const files = digests.filter((sha256) => statSync(fileOf(sha256), { throwIfNoEntry: false }))
  return [...rows.map(({ sha256 }) => sha256), ...files]
}

/** What was moved aside to be removed, and is still there. */
function leftAside(): string[] {
  const folder = join(on.folders.evidence, 'content', SAMPLE_ORG)
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.removing'),
  )
}

function registry(command: string, input: object) {
  return { kind: 'registry', stream: 'registry', command, input } as const
}

/** A case in which somebody commented, dismissed by the clock of these dependencies. */
async function closedCase(by: Performing, comments: number): Promise<string> {
  const stream = by.newId('case')
  const does = (who: string, command: string, input: object) =>
    done(by, sampleActor(who), { kind: 'case', stream, command, input })
  await does('usr_hugo', 'promoteFinding', { ...FINDING, category: 'other' })
  for (let number = 0; number < comments; number++)
    await does('usr_ada', 'addComment', { text: `No. ${number}` })
  await does('usr_bruno', 'dismissCase', { disposition: 'benign', reason: 'Nothing in it.' })
  return stream
}
