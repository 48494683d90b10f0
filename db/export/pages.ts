import type { Client } from '../client'
import { within } from '../within'

/** One event of an export, with its place in the log. */
export type Row = {
  readonly stream: string
  readonly seq: number
  readonly type: string
  /** Null once it has been erased. */
  readonly body: Buffer | null
  readonly hash: Buffer
  readonly index: number
}

/** What is read, and up to which place in the log: that of the export's own event, which comes last. */
export type Extent = {
  readonly org: string
  readonly id: string
  readonly end: number
  readonly signal: AbortSignal
}

const PAGE = 1_000

/**
 * The events of an export, stream by stream in seq order. Nothing is held but a page and the one after it, which the database reads
 * while this one is made use of. With `types`, only those.
 */
export async function* pages(
  sql: Client,
  extent: Extent,
  types: readonly string[] | null,
): AsyncGenerator<Row> {
  let next: Promise<Row[]> | null = pageAfter(sql, extent, types, { stream: '', seq: -1 })
  while (next) {
    extent.signal.throwIfAborted()
    const rows: Row[] = await next
    const last = rows.at(-1)
    next = last && rows.length === PAGE ? pageAfter(sql, extent, types, last) : null
    // Whoever stops in the middle doesn't wait for it.
    next?.catch(() => undefined)
    yield* rows
  }
}

async function pageAfter(
  sql: Client,
  extent: Extent,
  types: readonly string[] | null,
  { stream, seq }: Pick<Row, 'stream' | 'seq'>,
): Promise<Row[]> {
  const { org, id, end } = extent
  const rows = await within(
    sql,
    org,
    (tx) => tx<Row[]>`
      select e.stream, e.seq, e.type, e.body, e.hash, l.idx::float8 as index
      from export_stream s
      join event e on e.org = s.org and e.stream = s.stream
      join log_entry l on l.org = e.org and l.stream = e.stream and l.seq = e.seq
      where s.org = ${org} and s.export = ${id} and s.stream >= ${stream} and l.idx <= ${end}
        and (e.stream, e.seq) > (${stream}, ${seq}) ${types ? tx`and e.type = any(${[...types]})` : tx``}
      order by s.stream, e.seq limit ${PAGE}`,
    'read only',
  )
  if (rows.some(({ body }) => !body)) await mustSayWhy(sql, extent, rows)
  return rows
}

/** Something was erased after this export was recorded: only an export of now can say so. */
export class ErasedSince extends Error {
  override readonly name = 'ErasedSince'
}

/** A bundle never lacks what it does not explain: each erasure has to be on record before the export is. */
async function mustSayWhy(sql: Client, { org, end }: Extent, rows: readonly Row[]): Promise<void> {
  const erased = rows.filter(({ body }) => !body)
  const said = await within(
    sql,
    org,
    (tx) => tx<{ stream: string; seq: number }[]>`
      select e.stream, (said(e.body) ->> 'seq')::integer as seq from event e
      join log_entry l on l.org = e.org and l.stream = e.stream and l.seq = e.seq
      where e.org = ${org} and e.stream = any(${[...new Set(erased.map(({ stream }) => stream))]})
        and e.type = 'event.redacted' and l.idx <= ${end}`,
    'read only',
  )
  const known = new Set(said.map(({ stream, seq }) => `${stream}/${seq}`))
  if (erased.some(({ stream, seq }) => !known.has(`${stream}/${seq}`))) throw new ErasedSince()
}

/** One event, wherever it is. */
export async function oneRow(sql: Client, org: string, stream: string, seq: number): Promise<Row> {
  const [row] = await within(
    sql,
    org,
    (tx) => tx<Row[]>`
      select e.stream, e.seq, e.type, e.body, e.hash, l.idx::float8 as index from event e
      join log_entry l on l.org = e.org and l.stream = e.stream and l.seq = e.seq
      where e.org = ${org} and e.stream = ${stream} and e.seq = ${seq}`,
  )
  if (!row) throw new Error('the export is not in the log')
  return row
}
