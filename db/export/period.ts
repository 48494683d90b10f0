import type { Client } from '../client'
import { within } from '../within'

/** Places in the log of a period's first and last event. `last` is null when the period isn't over for the log yet. */
export type Bounds = { readonly first: number; readonly last: number | null }

/** What happened is sealed within seconds; for so long a period that has just ended counts as going on. */
const SETTLED = '1 minute'

/** Where in the log a period is, from its first moment up to the first one after it. Null when nothing happened in it. */
export function boundsOf(sql: Client, org: string, from: string, to: string): Promise<Bounds | null> {
  return within(sql, org, async (tx) => {
    // Events get their places nearly in the order of time: around the first and the last one lie all that could overtake them.
    const [row] = await tx<{ first: number | null; last: number | null }[]>`
      with first as (
          select at from event where org = ${org} and at >= ${from} and at < ${to} order by at limit 1),
        final as (
          select at from event where org = ${org} and at >= ${from} and at < ${to} order by at desc limit 1),
        placed as (
          select l.idx, e.at from event e join log_entry l on l.org = e.org and l.stream = e.stream and l.seq = e.seq
          where e.org = ${org} and (e.at between (select at from first) and (select at from first) + ${SETTLED}::interval
            or e.at between (select at from final) - ${SETTLED}::interval and (select at from final)))
      select (min(idx) filter (where at >= ${from}))::float8 as first,
        case when ${to}::timestamptz < clock_timestamp() - ${SETTLED}::interval then (max(idx) filter (where at < ${to}))::float8 end as last
      from placed`
    return row && row.first !== null ? { first: row.first, last: row.last } : null
  })
}
