import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../database.test-support'
import { sampleActor } from '../seed/actors'

const ORG = 'org_many'
const CASES = 10_000
/** Every so manyth case has the word, and only those from one number to another. */
const WORDS = [
  { word: 'plover', every: 1, from: 1, to: CASES, where: 'in every case' },
  { word: 'curlew', every: 3, from: 1, to: CASES, where: 'in every third' },
  { word: 'sandpiper', every: 40, from: 1, to: CASES, where: 'in a few of a hundred' },
  { word: 'avocet', every: 2, from: 1, to: 1_000, where: 'in many, all of them old' },
  { word: 'godwit', every: 700, from: 1, to: CASES, where: 'in few' },
  { word: 'ruff', every: 30, from: 8_500, to: CASES, where: 'in some, all of them new' },
  { word: 'dunlin', every: CASES + 1, from: 1, to: CASES, where: 'in none' },
]
const ada = sampleActor('usr_ada', ORG)
let test: TestDatabase

/** Rows as `write_rows` makes them. Two thirds of the cases are closed. */
async function fill(): Promise<void> {
  const said = WORDS.map(
    ({ word, every, from, to }) =>
      `case when n % ${every} = 0 and n between ${from} and ${to} then '${word}' else '' end`,
  )
  await test.admin.unsafe(`
    insert into case_file (org, id, number, title, stage, category, accepted, opened_at, stage_at, changed_at, version, open)
      select '${ORG}', 'case_' || n, n, 'A bird', 'identify', 'other', false, now(), now(), now(), 1, n % 3 = 1 from generate_series(1, ${CASES}) as n;
    insert into case_words (org, "case", number, words)
      select '${ORG}', 'case_' || n, n, found_by(concat_ws(' ', ${said.join(', ')}), n, n % 3 = 1) from generate_series(1, ${CASES}) as n;
    analyze case_words`)
}

async function found(word: string, shown: number, few: number, many: number): Promise<string[]> {
  const [row] = await test.reader.read(ada, (reading) =>
    reading.execute<{ found: string[] }>(
      sql`select newest_matching(${ORG}, words_query(array[${word}]), ${shown}, ${few}, ${many}) as found`,
    ),
  )
  return row?.found ?? []
}

async function expected(word: string, shown: number): Promise<string[]> {
  const rows = await test.admin<{ id: string }[]>`
    select id from case_file f join case_words w on w.org = f.org and w."case" = f.id
    where f.org = ${ORG} and w.words @@ ${word}::tsquery order by open desc, f.number desc limit ${shown}`
  return rows.map(({ id }) => id)
}

beforeAll(async () => {
  test = await testDatabase()
  await fill()
})
afterAll(() => test?.close())

describe('of thousands of cases, the newest that have a word', () => {
  it.each(WORDS)('are found, open ones first, where it is $where', async ({ word }) => {
    for (const [few, many] of [
      [400, 4_000],
      [0, 4_000],
      [0, 40],
      [0, 0],
    ] as const)
      for (const shown of [1, 20, 300])
        expect(await found(word, shown, few, many), `${shown}, ${few}, ${many}`).toEqual(
          await expected(word, shown),
        )
  })

  it('are found by no word that says whether a case is open: that can’t be typed', async () => {
    for (const typed of ['!open', "'!open'", '!open/256/3', 'open/256', 'closed'])
      expect(await found(typed, 20, 400, 4_000), typed).toEqual([])
  })
})
