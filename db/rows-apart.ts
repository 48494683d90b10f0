import type { TransactionSql } from 'postgres'
import type { StreamKind } from '@/lib/act/spec'
import type { Rows } from './projections/case-rows'

/**
 * The tables that follow from a stream of each kind, with the column that says of which stream a row is; null: every row of the
 * organisation is.
 */
const TABLES: Readonly<Record<StreamKind, Readonly<Record<string, string | null>>>> = {
  case: {
    case_file: 'id',
    case_words: 'case',
    case_nhi: 'case',
    case_message: 'case',
    case_secret: 'case',
    case_request: 'case',
    case_told: 'case',
    evidence: 'case',
  },
  nhi: { nhi: 'id', credential: 'nhi' },
  registry: {
    organisation: null,
    member: null,
    chat_account: null,
    account: null,
    connector: null,
    witnessing: null,
  },
}

type Stream = { readonly kind: StreamKind; readonly org: string; readonly stream: string }
/** How many rows of a table aren't there just so, and how many are there that should not be. One that differs is both. */
export type Apart = { readonly table: string; readonly missing: number; readonly surplus: number }

/** Where the tables and what the record says of this stream are apart. `rows`: all that it says. */
export async function rowsApart(sql: TransactionSql, of: Stream, rows: Rows): Promise<Apart[]> {
  const found: Apart[] = []
  for (const [table, column] of Object.entries(TABLES[of.kind])) {
    const right = said(sql, table, rows)
    const kept = sql`select * from ${sql(table)} where ${isOf(sql, of, column)}`
    const [row] = await sql<Omit<Apart, 'table'>[]>`
      select (select count(*)::int from ((${right}) except (${kept})) as missing) as missing,
        (select count(*)::int from ((${kept}) except (${right})) as surplus) as surplus`
    if (row?.missing || row?.surplus) found.push({ table, ...row })
  }
  return found
}

/** Each organisation has one, which is written over. */
const SINGLE = ['organisation', 'witnessing']

/** Takes away what the record doesn't say, and what it says differently: `write_rows` puts in what is missing then. */
export async function removeSurplus(sql: TransactionSql, of: Stream, rows: Rows): Promise<void> {
  const tables = Object.entries(TABLES[of.kind]).filter(([table]) => !SINGLE.includes(table))
  for (const [table, column] of tables)
    await sql`delete from ${sql(table)} as kept where ${isOf(sql, of, column)}
      and not exists (select from (${said(sql, table, rows)}) as wanted where to_jsonb(wanted) = to_jsonb(kept))`
}

const MOST_STRAYS = 1_000

/** Rows of streams that there are none of, in whatever table: each table and stream once. With `repair` they are removed. */
export async function strays(
  sql: TransactionSql,
  org: string,
  repair: boolean,
): Promise<{ table: string; stream: string }[]> {
  const found: { table: string; stream: string }[] = []
  for (const [table, column] of Object.values(TABLES).flatMap((tables) => Object.entries(tables))) {
    if (column === null) continue
    const isStray = sql`t.org = ${org} and not exists (select from stream s where s.org = t.org and s.stream = t.${sql(column)})`
    const rows = await sql<{ stream: string }[]>`
      select distinct t.${sql(column)} as stream from ${sql(table)} t where ${isStray} order by 1 limit ${MOST_STRAYS}`
    if (repair && rows.length) await sql`delete from ${sql(table)} t where ${isStray}`
    found.push(...rows.map(({ stream }) => ({ table, stream })))
  }
  return found
}

function said(sql: TransactionSql, table: string, rows: Rows) {
  const list = [rows[table] ?? []].flat()
  return sql`select * from jsonb_populate_recordset(null::${sql(table)}, ${JSON.stringify(list)}::text::jsonb)`
}

function isOf(sql: TransactionSql, { org, stream }: Stream, column: string | null) {
  return column === null ? sql`org = ${org}` : sql`org = ${org} and ${sql(column)} = ${stream}`
}
