import { and, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  aCase,
  done,
  FINDING,
  foundOrganisation,
  type TestDatabase,
  testDatabase,
} from '../database.test-support'
import { caseFile } from '../schema'
import { sampleActor } from '../seed/actors'
import { SAMPLE_ORG } from '../seed/people'
import { listCases } from './cases'
import { matching } from './matching'
import { search } from './search'

const OTHER = 'org_other'
const ada = sampleActor('usr_ada')
let test: TestDatabase
let heron: string
let plain: string

async function titled(title: string, org = SAMPLE_ORG): Promise<string> {
  const stream = test.deps.newId('case')
  const input = { ...FINDING, title }
  await done(test.deps, sampleActor('usr_hugo', org), {
    kind: 'case',
    stream,
    command: 'promoteFinding',
    input,
  })
  return stream
}

beforeAll(async () => {
  test = await testDatabase()
  await foundOrganisation(test.deps, OTHER)
  heron = await titled('Heron signed in from two places')
  plain = await aCase(test.deps)
  await titled('Heron of another organisation', OTHER)
})
afterAll(() => test.close())

describe('a search for words', () => {
  it('C16 finds the cases of one’s own organisation, and no other’s', async () => {
    const hits = await search(test.reader, ada, 'heron')
    expect(hits.map((hit) => hit.case.id)).toEqual([heron])
  })

  it('finds words that are still growing, all of them, in any order', async () => {
    const found = async (q: string) => (await search(test.reader, ada, q)).map((hit) => hit.case.id)
    expect(await found('places her')).toEqual([heron])
    expect(await found('heron elsewhere')).toEqual([])
    expect(await found('password')).toEqual([plain])
  })

  it('finds a name with a hyphen by all of it, by its beginning and by its parts', async () => {
    const relay = await titled('Unexpected svc-harbour.backup sign-in by Ada_Okafor of bot-harbour')
    const found = async (q: string) => (await search(test.reader, ada, q)).map((hit) => hit.case.id)
    for (const q of [
      'bot-harbour',
      'BOT-Harb',
      'harbour bot',
      'okafor_ada',
      'svc-harbour.backup',
      'bot-',
      '- bot-harbour',
    ])
      expect(await found(q), q).toEqual([relay])
    expect(await found('bot-quay')).toEqual([])
  })

  it('finds the same whether few cases have the word or too many to look up one by one', async () => {
    for (const few of [1_000, 0]) {
      const ids = await test.reader.read(ada, async (reading) => {
        const matches = await matching(reading, 'heron', few)
        return reading
          .select({ id: caseFile.id })
          .from(caseFile)
          .where(and(eq(caseFile.org, ada.org), matches))
      })
      expect(ids).toEqual([{ id: heron }])
    }
  })

  it('C16 finds the newest of them, open ones first, whether it looks them up, meets them among the newest, or goes through all', async () => {
    const [first, closed, last] = [
      await titled('Egret seen'),
      await titled('Egret heard'),
      await titled('Egret gone'),
    ]
    await titled('Egret of another organisation', OTHER)
    await done(test.deps, sampleActor('usr_bruno'), {
      kind: 'case',
      stream: closed,
      command: 'dismissCase',
      input: { disposition: 'benign', reason: 'A bird.', duplicate_of: null },
    })
    expect((await search(test.reader, ada, 'egret')).map((hit) => hit.case.id)).toEqual([last, first, closed])
    for (const [few, many] of [
      [400, 4_000],
      [0, 4_000],
      [0, 0],
    ])
      for (const shown of [2, 3, 20]) {
        const [row] = await test.reader.read(ada, (reading) =>
          reading.execute<{ found: string[] }>(
            sql`select newest_matching(${ada.org}, words_query(array['egret']), ${shown}, ${few}, ${many}) as found`,
          ),
        )
        expect(row?.found, `${few}, ${many}`).toEqual([last, first, closed].slice(0, shown))
      }
  })

  it('finds a case by its number, and nothing by what is no word', async () => {
    const [hit] = await search(test.reader, ada, 'heron')
    for (const q of [`${hit?.case.number}`, `C-${hit?.case.number}`, `#${hit?.case.number}`])
      expect(
        (await search(test.reader, ada, q)).map((found) => found.case.id),
        q,
      ).toEqual([heron])
    for (const q of ['...', ' ', '!!', 'c-']) expect(await search(test.reader, ada, q), q).toEqual([])
  })

  it('narrows a list and leaves its counts alone', async () => {
    const page = await listCases(test.reader, ada, { view: 'open', q: 'signed' })
    expect(page.rows.map((row) => row.id)).toEqual([heron])
    expect(page.counts).toMatchObject({ open: 5, unassigned: 5, waiting: 0 })
  })
})

describe('what waits for somebody', () => {
  it('is a case that they were asked to take, and not the one that they took', async () => {
    const bruno = sampleActor('usr_bruno')
    const ask = (command: string, input: unknown, by = ada) =>
      done(test.deps, by, { kind: 'case', stream: heron, command, input })
    const file = { sha256: 'a'.repeat(64), bytes: 1, media_type: 'text/plain', name: 'note', kind: 'text' }
    await ask('attachEvidence', { ...file, source: 'test', tool: null, trust: 'typed' })
    await ask('declareNoNhi', { reason: 'A person, no account.' })
    await ask('confirmCase', {
      criticality: 'low',
      privilege: 'low',
      exposure: 'unknown',
      note: 'It was seen.',
    })
    await ask('assignCase', { assignee: bruno.id, team: null, due: null })
    const waiting = async () =>
      (await listCases(test.reader, bruno, { view: 'waiting' })).rows.map((row) => row.id)
    expect(await waiting()).toEqual([heron])
    await ask('acceptAssignment', {}, bruno)
    expect(await waiting()).toEqual([])
  })
})
