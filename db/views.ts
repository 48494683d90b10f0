import type { TransactionSql } from 'postgres'
import type { SavedView } from '@/lib/act/view/entry'
import type { Actor } from '@/lib/identity/actor'
import type { Client } from './client'
import { within } from './within'

/** So many questions one person keeps. */
export const MOST_VIEWS = 100

type Mine = Pick<Actor, 'org' | 'id'>

function columns(tx: TransactionSql, id: string) {
  return tx`v.id, v.name, v.query, v.member = ${id} as mine, coalesce(m.name, v.member) as by, utc(v.saved_at) as saved_at
    from saved_view v left join member m on m.org = v.org and m.id = v.member`
}

/** What this person keeps, by name. */
export function viewsOf(sql: Client, { org, id }: Mine): Promise<SavedView[]> {
  return within(
    sql,
    org,
    (tx) => tx<SavedView[]>`
      select ${columns(tx, id)} where v.org = ${org} and v.member = ${id} order by v.name, v.id limit ${MOST_VIEWS}`,
  )
}

/** One view by its id: its address may have come from somebody else of the same organisation. */
export function viewOf(sql: Client, { org, id }: Mine, view: string): Promise<SavedView | null> {
  return within(sql, org, async (tx) => {
    const [row] = await tx<SavedView[]>`select ${columns(tx, id)} where v.org = ${org} and v.id = ${view}`
    return row ?? null
  })
}

/** False when this person keeps as many as one may. */
export function saveView(
  sql: Client,
  { org, id }: Mine,
  view: { readonly id: string; readonly name: string; readonly query: string },
): Promise<boolean> {
  return within(sql, org, async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtextextended(${`views/${org}/${id}`}, 0))`
    const [kept] = await tx<{ full: boolean }[]>`
      select count(*) >= ${MOST_VIEWS} as full from saved_view where org = ${org} and member = ${id}`
    if (kept?.full) return false
    await tx`insert into saved_view (org, id, member, name, query, saved_at)
      values (${org}, ${view.id}, ${id}, ${view.name}, ${view.query}, now())`
    return true
  })
}

/** False when it isn't this person's. */
export function changeView(
  sql: Client,
  { org, id }: Mine,
  view: string,
  { name, query }: { readonly name?: string | undefined; readonly query?: string | undefined },
): Promise<boolean> {
  return within(sql, org, async (tx) => {
    const rows = await tx`
      update saved_view set name = coalesce(${name ?? null}, name), query = coalesce(${query ?? null}, query), saved_at = now()
      where org = ${org} and id = ${view} and member = ${id} returning 1`
    return rows.length === 1
  })
}

/** False when it isn't this person's. */
export function removeView(sql: Client, { org, id }: Mine, view: string): Promise<boolean> {
  return within(sql, org, async (tx) => {
    const rows =
      await tx`delete from saved_view where org = ${org} and id = ${view} and member = ${id} returning 1`
    return rows.length === 1
  })
}
