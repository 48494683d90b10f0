import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from '../db/client'

/** Everything that is committed has its place in the log, and a signed checkpoint covers it. */
export async function untilSealed(admin: Client): Promise<void> {
  for (;;) {
    const [row] = await admin<{ sealed: boolean }[]>`
      select not exists (select 1 from pending) and not exists (
        select 1 from log_head h where h.size > (select coalesce(max(c.size), 0) from checkpoint c where c.org = h.org)) as sealed`
    if (row?.sealed) return
    await pause(200)
  }
}

export type SealLag = {
  readonly events: number
  readonly p50: number
  readonly p99: number
  readonly most: number
}

/** Milliseconds from an event's time to the first checkpoint that covers it, of the events since then. */
export async function sealLag(admin: Client, since: Date): Promise<SealLag> {
  const [row] = await admin<SealLag[]>`
    with lags as (
      select extract(epoch from (select c.at from checkpoint c where c.org = l.org and c.size > l.idx order by c.size limit 1) - e.at)::float8 * 1000 as ms
      from event e join log_entry l on l.org = e.org and l.stream = e.stream and l.seq = e.seq where e.at >= ${since})
    select count(*)::int as events, coalesce(percentile_cont(0.5) within group (order by ms), 0) as p50,
      coalesce(percentile_cont(0.99) within group (order by ms), 0) as p99, coalesce(max(ms), 0) as most from lags`
  return row ?? { events: 0, p50: 0, p99: 0, most: 0 }
}

export type Sizes = {
  readonly events: number
  readonly body: number
  readonly event: number
  readonly everything: number
}

/** Bytes for each event: its own body, its row with indexes, and its share of the whole database. */
export async function sizes(admin: Client): Promise<Sizes> {
  const [row] = await admin<Sizes[]>`
    select count(*)::int as events, avg(length(body))::float8 as body,
      pg_total_relation_size('event')::float8 / count(*) as event,
      pg_database_size(current_database())::float8 / count(*) as everything from event`
  return row ?? { events: 0, body: 0, event: 0, everything: 0 }
}
