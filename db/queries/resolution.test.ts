import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Period, Resolved } from '@/lib/act/view/resolution'
import { SEVERITIES } from '@/lib/case/event'
import { done, FINDING, foundOrganisation, type TestDatabase, testDatabase } from '../database.test-support'
import { daysAgo } from '../erasure/erasure.test-support'
import { rebuild } from '../rebuild'
import { sampleActor } from '../seed/actors'
import { SAMPLE_ORG } from '../seed/people'
import { readResolution } from './resolution'

const MANY = 'org_many'
const DAY_S = 86_400
let test: TestDatabase

beforeAll(async () => {
  test = await testDatabase()
  await foundOrganisation(test.deps, MANY)
})
afterAll(() => test?.close())

const resolution = (days: Period, org = SAMPLE_ORG) =>
  readResolution(test.reader, sampleActor('usr_ada', org), days)

const FILE = {
  ...{ bytes: 1, media_type: 'text/plain', name: 'log.txt', kind: 'file' },
  ...{ source: 'a host', tool: null, trust: 'typed' },
}

/** Promoted 10 days ago, confirmed a day later, closed after two more: four days before its due time, which is set when it is assigned. */
async function workedCase(severity: string): Promise<string> {
  const stream = test.deps.newId('case')
  const at = (days: number, who: string, command: string, input: object) =>
    done(daysAgo(test.deps, days), sampleActor(who), { kind: 'case', stream, command, input })
  const reason = 'Because.'
  await at(10, 'usr_hugo', 'promoteFinding', { ...FINDING, severity, reporter_name: 'Hugo Brandt' })
  await at(10, 'usr_ada', 'declareNoNhi', { reason })
  await at(10, 'usr_ada', 'attachEvidence', { ...FILE, sha256: randomBytes(32).toString('hex') })
  await at(9, 'usr_bruno', 'confirmCase', {
    criticality: 'low',
    privilege: 'low',
    exposure: 'none',
    note: 'Seen.',
  })
  await at(9, 'usr_bruno', 'assignCase', { assignee: 'usr_ada', team: null, due: null })
  await at(9, 'usr_ada', 'acceptAssignment', {})
  await at(8, 'usr_ada', 'proposeNoAction', { reason })
  await at(8, 'usr_bruno', 'agreeNoAction', {})
  await at(8, 'usr_ada', 'advanceCase', { to: 'verify' })
  await at(7, 'usr_ada', 'closeCase', {
    disposition: 'no-action-needed',
    summary: 'A false trail.',
    lessons: null,
  })
  return stream
}

describe('how long closed cases took', () => {
  it('is nothing where none was closed', async () => {
    expect(await resolution(30)).toMatchObject({ days: 30, all: null, severities: [] })
  })

  it('is told from promotion to the confirmation and to the closing, by severity, with how many were in time', async () => {
    await workedCase('low')
    await workedCase('critical')
    const { all, severities } = await resolution(30)
    const took = (days: number) => ({ cases: 1, median_s: days * DAY_S, p90_s: days * DAY_S })
    const each = severities.map(({ confirmed, closed, ...row }) => ({
      ...row,
      confirmed: confirmed && Math.round(confirmed.median_s / DAY_S),
      closed: Math.round(closed.median_s / DAY_S),
    }))
    // A critical case is due four hours after it is assigned, a low one after a week.
    expect(each).toEqual([
      { severity: 'critical', cases: 1, confirmed: 1, closed: 3, due: 1, in_time: 0 },
      { severity: 'low', cases: 1, confirmed: 1, closed: 3, due: 1, in_time: 1 },
    ])
    expect(all).toMatchObject({ cases: 2, due: 2, in_time: 1, confirmed: { cases: 2 } })
    expect(Math.abs((all?.closed.p90_s ?? 0) - took(3).p90_s)).toBeLessThan(60)
  })

  it('leaves out what is open again, and stands in rows that follow from the record', async () => {
    const id = await workedCase('high')
    expect((await resolution(30)).all?.cases).toBe(3)
    await done(test.deps, sampleActor('usr_ada'), {
      ...{ kind: 'case', stream: id, command: 'reopenCase' },
      input: { to: 'identify', reason: 'It came back.' },
    })
    expect((await resolution(30)).all?.cases).toBe(2)
    expect((await rebuild(test.deps.sql, { org: SAMPLE_ORG, repair: false })).differences).toEqual([])
  })

  it('was filled in from the kept state for cases from before', async () => {
    const rows = () =>
      test.admin`select id, confirmed_at from case_file where org = ${SAMPLE_ORG} order by id`
    const before = await rows()
    expect(before.some(({ confirmed_at }) => confirmed_at !== null)).toBe(true)
    await test.admin`update case_file set confirmed_at = null`
    await test.admin.unsafe(await readFile('db/migrations/0021_resolution_filled.sql', 'utf8'))
    expect(await rows()).toEqual(before)
  })
})

type Made = {
  severity: string | null
  opened: number
  confirmed: number | null
  closed: number
  due: number | null
}

/** Cases of every severity, closed in the last 120 days, each other way; always the same ones. Times in seconds before `now`. */
function generated(count: number): Made[] {
  let seed = 7
  const below = (most: number) => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % most
  }
  return Array.from({ length: count }, (_, index) => {
    const closed = below(120 * DAY_S) + 60
    const took = below(20 * DAY_S)
    const severity = [...SEVERITIES, null][index % 6] ?? null
    const confirmed = index % 4 ? closed + took - below(took + 1) : null
    return {
      severity,
      closed,
      opened: closed + took,
      confirmed,
      due: index % 3 ? closed + below(DAY_S) - DAY_S / 2 : null,
    }
  })
}

/** The value below which this part of them lies, between two neighbours in proportion. */
function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  const place = part * (sorted.length - 1)
  const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0]
  return low + (high - low) * (place % 1)
}

function spread(values: readonly number[]) {
  return { cases: values.length, median_s: quantile(values, 0.5), p90_s: quantile(values, 0.9) }
}

describe('how long many cases took', () => {
  const made = generated(3_000)

  it('is what one would count by hand, in either period', async () => {
    const ago = (name: keyof Made) => test.admin`now() - (each ->> ${name})::float8 * interval '1 second'`
    await test.admin`
      insert into case_file (org, id, number, title, stage, severity, category, accepted, due, opened_at, stage_at, changed_at, version,
        open, confirmed_at)
      select ${MANY}, 'case_' || n, n, 'A case', 'closed', each ->> 'severity', 'other', true, ${ago('due')}, ${ago('opened')},
        ${ago('closed')}, ${ago('closed')}, 9, false, ${ago('confirmed')}
      from jsonb_array_elements(${JSON.stringify(made)}::text::jsonb) with ordinality as of(each, n)`
    for (const days of [30, 90] as const) {
      const { all, severities } = await resolution(days, MANY)
      const within = made.filter(({ closed }) => closed < days * DAY_S - 5)
      expect(severities.map(({ severity }) => severity)).toEqual([...[...SEVERITIES].reverse(), null])
      for (const row of [...severities, ...(all ? [{ ...all, severity: 'all' }] : [])])
        isWhat(
          row as Resolved,
          within.filter(({ severity }) => row.severity === 'all' || severity === row.severity),
        )
    }
  })
})

function isWhat(row: Resolved, rows: readonly Made[]): void {
  const due = rows.filter((each) => each.due !== null)
  expect([row.cases, row.due, row.in_time]).toEqual([
    rows.length,
    due.length,
    due.filter((each) => each.closed >= (each.due ?? 0)).length,
  ])
  const confirmed = rows.flatMap((each) => (each.confirmed === null ? [] : [each.opened - each.confirmed]))
  for (const [took, wanted] of [
    [row.closed, spread(rows.map((each) => each.opened - each.closed))],
    [row.confirmed, spread(confirmed)],
  ] as const) {
    expect(took?.cases).toBe(wanted.cases)
    expect(Math.abs((took?.median_s ?? 0) - wanted.median_s)).toBeLessThanOrEqual(1)
    expect(Math.abs((took?.p90_s ?? 0) - wanted.p90_s)).toBeLessThanOrEqual(1)
  }
}
