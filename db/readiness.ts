import type { Client } from './client'
import { within } from './within'

/** Clocks that differ by more than this are an alarm: what people signed in and approved is judged by both. */
export const MOST_SKEW_MS = 2_000

/**
 * `unsealed`: events that wait for their place in the log; `lag`: how long the oldest of them has waited, in milliseconds.
 * `signs`: false while the sequencer refuses to sign, and the settings say why.
 * `skew`: how far our clock is ahead of the database's, in milliseconds, as seen in the middle of the question's round trip.
 */
export type Readiness = {
  readonly migrated: boolean
  readonly unsealed: number
  readonly lag: number
  readonly signs: boolean
  readonly skew: number
}

export function readiness(sql: Client, org: string): Promise<Readiness> {
  return within(sql, org, async (tx) => {
    const asked = Date.now()
    const [row] = await tx<
      { migrated: boolean; unsealed: number; lag: number; signs: boolean; now: number }[]
    >`
      select to_regproc('write_page') is not null as migrated,
        not exists (select 1 from log_refusal where org = ${org}) as signs,
        (select count(*)::int from (select 1 from pending where org = ${org} limit 10000) waiting) as unsealed,
        coalesce((select extract(epoch from clock_timestamp() - min(at)) * 1000 from pending where org = ${org}), 0)::float8 as lag,
        (extract(epoch from clock_timestamp()) * 1000)::float8 as now`
    const half = (Date.now() - asked) / 2
    if (!row) return { migrated: false, unsealed: 0, lag: 0, signs: false, skew: 0 }
    const { migrated, unsealed, lag, signs, now } = row
    const skew = Math.round(asked + half - now)
    return { migrated, unsealed, lag: Math.max(0, Math.round(lag)), signs, skew }
  })
}
