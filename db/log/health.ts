import type { LogHealth } from '@/lib/registry/log-alerts'
import type { Client } from '../client'
import { within } from '../within'

export type WitnessHealth = {
  readonly witness: string
  readonly size: number
  readonly asked_at: string
  readonly seen_at: string | null
  readonly error: string | null
}

/** How it stands with an organisation's log, from what the sequencer left. */
export function logHealth(sql: Client, org: string): Promise<LogHealth> {
  return within(
    sql,
    org,
    async (tx) => {
      const [row] = await tx<{ health: LogHealth }[]>`
        select jsonb_build_object(
          'size', coalesce((select max(size) from checkpoint where org = ${org}), 0),
          'witnessed_size', coalesce(done.size, 0),
          'unsealed', greatest(0, coalesce((select extract(epoch from clock_timestamp() - min(at)) from pending where org = ${org}), 0)),
          'unwitnessed', case when coalesce(w.quorum, 0) = 0 then 0 else greatest(0, coalesce((
            select extract(epoch from clock_timestamp() - c.at) from checkpoint c
            where c.org = ${org} and c.size > coalesce(done.size, 0) order by c.size limit 1), 0)) end,
          'refusal', (select jsonb_build_object('reason', reason, 'since', utc(since)) from log_refusal where org = ${org})
        ) as health
        from (select ${org}::text as org) this left join witnessed done using (org) left join witnessing w using (org)`
      if (!row) throw new Error('a row was asked for')
      return row.health
    },
    'read only',
  )
}

export function witnessHealth(sql: Client, org: string): Promise<WitnessHealth[]> {
  return within(
    sql,
    org,
    (tx) => tx<WitnessHealth[]>`
      select witness, size::float8 as size, utc(asked_at) as asked_at, utc(seen_at) as seen_at, error
      from witness_state where org = ${org}`,
    'read only',
  )
}
