import { isDeepStrictEqual } from 'node:util'
import type { TransactionSql } from 'postgres'
import { digestOf, fold, type KeptEvent, readBack } from '@/lib/act/refold'
import type { StreamKind } from '@/lib/act/spec'
import { GENESIS } from '@/lib/record/envelope'
import type { Client } from './client'
import type { Rows } from './projections/case-rows'
import { streamRows } from './projections/rows'
import { removeSurplus, rowsApart, strays } from './rows-apart'
import { within } from './within'
import { wordsApart } from './words-of-events'

export type Difference = { readonly stream: string; readonly where: string; readonly sentence: string }
export type Rebuilt = {
  readonly streams: number
  readonly events: number
  readonly differences: readonly Difference[]
  readonly repaired: boolean
}

export type RebuildOptions = {
  readonly org: string
  /** Writes what the record says over what the tables say. */
  readonly repair: boolean
  readonly progress?: (streams: number) => void
}

/** Folds the record of an organisation into every table that is read, and says where the two disagree. */
export async function rebuild(sql: Client, { org, repair, progress }: RebuildOptions): Promise<Rebuilt> {
  const differences: Difference[] = []
  let streams = 0
  let events = 0
  for await (const { stream, kind } of streamsOf(sql, org)) {
    const result = await within(sql, org, (held) => rebuildStream(held, org, stream, kind, repair))
    differences.push(...result.differences)
    events += result.events
    streams += 1
    progress?.(streams)
  }
  for (const { table, stream } of await within(sql, org, (held) => strays(held, org, repair)))
    differences.push({ stream, where: table, sentence: 'The record knows no such stream.' })
  return { streams, events, differences, repaired: repair && differences.length > 0 }
}

const PAGE = 500

async function* streamsOf(sql: Client, org: string): AsyncGenerator<{ stream: string; kind: StreamKind }> {
  for (let after = ''; ; ) {
    const page = await within(
      sql,
      org,
      (held) => held<{ stream: string; kind: StreamKind }[]>`
      select stream, kind from stream where org = ${org} and stream > ${after} order by stream limit ${PAGE}`,
    )
    yield* page
    const last = page.at(-1)
    if (page.length < PAGE || !last) return
    after = last.stream
  }
}

type Stored = { version: number; head: string; at: string; state: unknown }

async function rebuildStream(
  sql: TransactionSql,
  org: string,
  stream: string,
  kind: StreamKind,
  repair: boolean,
) {
  const [stored] = await sql<Stored[]>`
    select version, encode(head, 'hex') as head, utc(at) as at, state from stream where org = ${org} and stream = ${stream} for update`
  const kept = await sql<
    { body: Buffer | null; hash: Buffer }[]
  >`select body, hash from event where org = ${org} and stream = ${stream} order by seq`
  const { state, version, head, at, broken } = refolded(kind, stream, kept)
  const differences: Difference[] = broken
    ? [{ stream, where: `event ${broken.seq}`, sentence: broken.sentence }]
    : []
  const differs = (where: string, sentence: string) => differences.push({ stream, where, sentence })
  if (stored?.version !== version)
    differs('stream', `The head is at version ${stored?.version}, the record at ${version}.`)
  if (stored?.head !== head) differs('stream', "The head's digest is not the last event's.")
  if (!isDeepStrictEqual(stored?.state, plain(state)))
    differs('stream', 'The kept state is not the fold of the events.')
  const rows = streamRows(kind, org, stream, state, version, at, null)
  const right: Rows = { ...rows, case_words: await wordsRow(sql, rows) }
  for (const { table, missing, surplus } of await rowsApart(sql, { kind, org, stream }, right)) {
    if (missing) differs(table, `${missing} row(s) are not as the record says.`)
    if (surplus > missing)
      differs(table, `${surplus - missing} row(s) are there that the record knows nothing of.`)
  }
  const words = await wordsApart(sql, org, stream, repair && !broken)
  if (words) differs('event_words', `${words} row(s) are not as the record says.`)
  if (repair && differences.length && !broken) {
    await removeSurplus(sql, { kind, org, stream }, right)
    await repairStream(sql, org, stream, state, version, head, at, rows)
  }
  return { differences, events: kept.length }
}

function plain(state: unknown): unknown {
  return JSON.parse(JSON.stringify(state))
}

/** The state that the events give, as far as they can be followed. */
function refolded(kind: StreamKind, stream: string, rows: readonly KeptEvent[]) {
  const { events, broken } = readBack(stream, rows)
  const last = rows[events.length - 1]
  return {
    broken,
    state: fold(kind, events),
    version: events.length,
    head: last ? digestOf(last) : GENESIS,
    at: events.at(-1)?.meta.at ?? '',
  }
}

/** The words that a case is found by, as `write_rows` makes them of what was said. */
async function wordsRow(sql: TransactionSql, { case_file, words }: Rows): Promise<Rows | undefined> {
  if (words === undefined) return undefined
  const { org, id, number, open } = case_file as { org: string; id: string; number: number; open: boolean }
  const [made] = await sql<
    { words: string }[]
  >`select found_by(${String(words)}, ${number}, ${open})::text as words`
  return { org, case: id, number, words: made?.words }
}

async function repairStream(
  sql: TransactionSql,
  org: string,
  stream: string,
  state: unknown,
  version: number,
  head: string,
  at: string,
  rows: Rows,
) {
  await sql`update stream set version = ${version}, head = decode(${head}, 'hex'), at = ${at}, state = ${JSON.stringify(state)}::text::jsonb
    where org = ${org} and stream = ${stream}`
  const { case_message, ...others } = rows
  if (Array.isArray(case_message)) {
    await sql`insert into case_message select * from jsonb_populate_recordset(null::case_message, ${JSON.stringify(case_message)}::text::jsonb) on conflict do nothing`
  }
  await sql`select write_rows(${JSON.stringify(others)}::text::jsonb, false)`
}
