import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HistoryWanted } from '@/lib/act/history-filter'
import { perform } from '@/lib/act/perform'
import { aCase, comment, foundOrganisation, type TestDatabase, testDatabase } from '../database.test-support'
import { erase } from '../erasure/erasure.test-support'
import { rebuild } from '../rebuild'
import { sampleActor } from '../seed/actors'
import { SAMPLE_ORG } from '../seed/people'
import { casesInHistory } from './cases-in-history'
import { readCursor } from './cursor'
import { readHistory } from './history'
import type { HistoryFilter } from './history-walk'

const OTHER = 'org_other'
const esther = sampleActor('usr_esther')
let test: TestDatabase
let heron: string
let plain: string

beforeAll(async () => {
  test = await testDatabase()
  await foundOrganisation(test.deps, OTHER)
  heron = await aCase(test.deps)
  plain = await aCase(test.deps)
  await comment(test.deps, heron, 'A heron stood in the server room')
  for (let index = 0; index < 12; index++) await comment(test.deps, plain, `ordinary remark ${index}`)
  await comment(test.deps, await aCase(test.deps, OTHER), 'The heron of somebody else', OTHER)
  await perform(test.deps, sampleActor('usr_hugo'), {
    kind: 'case',
    stream: heron,
    command: 'confirmCase',
    input: { criticality: 'low', privilege: 'low', exposure: 'unknown', note: 'Mine to judge?' },
    key: 'hugo-tries',
  })
})
afterAll(() => test.close())

const find = async (filter: HistoryFilter, stretch?: number) =>
  (await readHistory(test.reader, esther, filter, stretch)).rows

/** All of it, page by page. */
async function all(filter: HistoryFilter, stretch: number) {
  const found = []
  const went: (string | null)[] = []
  for (let after = filter.after; ; ) {
    const page = await readHistory(test.reader, esther, { ...filter, ...(after ? { after } : {}) }, stretch)
    found.push(...page.rows)
    went.push(page.searched_to)
    const next = page.next && readCursor(page.next)
    if (!next) return { found, went }
    after = next
  }
}

describe('the cases behind a history', () => {
  const behind = (wanted: HistoryWanted, most?: number) => casesInHistory(test.reader, esther, wanted, most)

  it('are all in which something fits, each once, with the number of entries', async () => {
    expect(await behind({ outcome: 'refused' })).toEqual({ cases: [heron], entries: 1 })
    expect(await behind({ q: 'ordinary' })).toEqual({ cases: [plain], entries: 12 })
    const ada = await behind({ actor: 'usr_ada' })
    expect([...(ada?.cases ?? [])].sort()).toEqual([heron, plain].sort())
    expect(ada?.entries).toBe(13)
    expect(await behind({ type: 'comment.', case: heron })).toEqual({ cases: [heron], entries: 1 })
  })

  it('are none where what fits is about something else, and C16 never another organisation’s', async () => {
    expect(await behind({ kind: 'registry' })).toEqual({ cases: [], entries: 0 })
    expect(await behind({ from: '2100-01-01T00:00:00.000Z' })).toEqual({ cases: [], entries: 0 })
    expect((await behind({ q: 'heron' }))?.cases).toEqual([heron])
    expect(await casesInHistory(test.reader, { org: OTHER }, { case: heron })).toEqual({
      cases: [],
      entries: 0,
    })
  })

  it('are not known, rather than some of them, where too much would have to be looked through', async () => {
    expect(await behind({ actor: 'usr_ada' }, 13)).toMatchObject({ entries: 13 })
    expect(await behind({ actor: 'usr_ada' }, 12)).toBeNull()
    expect(await behind({}, 10)).toBeNull()
  })
})

describe('the history', () => {
  it('finds what was said in an event, words that are still growing, in any order', async () => {
    expect((await find({ q: 'room her' })).map(({ stream, type }) => [stream, type])).toEqual([
      [heron, 'comment.added'],
    ])
    expect(await find({ q: 'heron elsewhere' })).toEqual([])
  })

  it('C16 finds nothing of another organisation, by words or otherwise', async () => {
    const foreign = sampleActor('usr_esther', OTHER)
    const page = await readHistory(test.reader, foreign, { q: 'heron' })
    expect(page.rows.map((row) => row.data)).toEqual([{ text: 'The heron of somebody else' }])
    expect((await readHistory(test.reader, foreign, { stream: heron })).rows).toEqual([])
  })

  it('is narrowed by person, kind, type and outcome', async () => {
    const refused = await find({ outcome: 'refused' })
    expect(refused.map(({ type, who, data }) => [type, who.id, data.command])).toEqual([
      ['policy.denied', 'usr_hugo', 'confirmCase'],
    ])
    expect(await find({ outcome: 'permitted', type: 'policy.denied' })).toEqual([])
    const about = async (filter: HistoryFilter) => new Set((await find(filter)).map(({ type }) => type))
    expect(await about({ kind: 'registry' })).toEqual(new Set(['organisation.founded', 'member.added']))
    expect(await about({ actor: 'usr_ada' })).toEqual(new Set(['comment.added']))
    expect(await about({ type: 'case.' })).toEqual(new Set(['case.state']))
    expect(await about({ kind: 'nhi' })).toEqual(new Set())
    expect(await about({ actor: 'usr_hugo', type: 'finding.', stream: plain })).toEqual(
      new Set(['finding.promoted']),
    )
  })

  it('gives each event once, in order, however short the stretches are that it goes through', async () => {
    const whole = await find({})
    for (const filter of [
      { actor: 'usr_hugo', kind: 'case' },
      { type: 'case.', actor: 'usr_hugo' },
    ] as const) {
      const { found, went } = await all(filter, 2)
      expect(found.map((row) => `${row.stream} ${row.seq}`)).toEqual(
        whole
          .filter((row) => row.who.id === 'usr_hugo')
          .filter((row) => row.type.startsWith('type' in filter ? (filter.type ?? '') : ''))
          .map((row) => `${row.stream} ${row.seq}`),
      )
      expect(went.filter(Boolean).length).toBeGreaterThan(0)
    }
  })

  it('C36 no longer finds the words of an event that was erased, and says that it was', async () => {
    await comment(test.deps, heron, 'Zaphod was here')
    const [said] = await find({ q: 'zaphod' })
    expect(said).toMatchObject({ type: 'comment.added', erased: false })
    await erase(test, heron, said?.seq ?? -1)
    expect(await find({ q: 'zaphod' })).toEqual([])
  })
})

describe('the words of events', () => {
  it('follow from the record: a rebuild says which don’t, and puts them right', async () => {
    const options = { org: SAMPLE_ORG, repair: false }
    const ours = async (repair = false) =>
      (await rebuild(test.deps.sql, { ...options, repair })).differences.filter(
        ({ where, stream }) => where === 'event_words' && stream === plain,
      )
    expect(await ours()).toEqual([])
    await test.admin`update event_words set words = 'forged' where stream = ${plain} and seq = 4`
    await test.admin`delete from event_words where stream = ${plain} and seq = 5`
    expect(await ours(true)).toMatchObject([{ sentence: '2 row(s) are not as the record says.' }])
    expect(await ours()).toEqual([])
  })
})
