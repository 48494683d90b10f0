import type { Sql } from 'postgres'
import type { Work } from '../connector'
import { quoteText } from './names'

export type Step = 'change' | 'sessions'
export type Marker = { readonly outcome: 'applied' | 'abandoned'; readonly at: string }

/** Goes into the transaction of the change itself: the primary key makes a second execution of this warrant impossible. */
export function marking({ digest, action }: Work, jti: string, step: Step): string {
  const values = [jti, step, 'applied', digest, action.kind, action.target.account].map(quoteText).join(', ')
  return `insert into onrecord.applied (jti, step, outcome, digest, kind, account) values (${values})`
}

/**
 * Whether the change was applied, decided for ever: where it was not, its place is taken, so that a transaction still on its way can't commit
 * afterwards. If one is on its way, this waits for it.
 */
export async function settle(sql: Sql, work: Work, jti: string): Promise<Marker> {
  const { digest, action } = work
  await sql`insert into onrecord.applied (jti, step, outcome, digest, kind, account)
    values (${jti}, 'change', 'abandoned', ${digest}, ${action.kind}, ${action.target.account}) on conflict do nothing`
  const marker = await find(sql, jti, 'change')
  if (!marker) throw new Error('The marker that was just written is not there.')
  return marker
}

export async function find(sql: Sql, jti: string, step: Step): Promise<Marker | null> {
  const [row] = await sql<
    Marker[]
  >`select outcome, ${iso(sql)} as at from onrecord.applied where jti = ${jti} and step = ${step}`
  return row ?? null
}

/** The last time that exactly this action was applied, under whichever warrant. */
export async function lastApplied(sql: Sql, digest: string): Promise<{ jti: string; at: string } | null> {
  const [row] = await sql<{ jti: string; at: string }[]>`select jti, ${iso(sql)} as at from onrecord.applied
    where digest = ${digest} and step = 'change' and outcome = 'applied' order by applied.at desc limit 1`
  return row ?? null
}

function iso(sql: Sql) {
  return sql`to_char(applied.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}
