import type { Client } from './client'
import { within } from './within'

/** `unsealed`: events that wait for their place in the log; `lag`: how long the oldest of them has waited, in milliseconds. */
export type Readiness = { readonly migrated: boolean; readonly unsealed: number; readonly lag: number }

export function readiness(sql: Client, org: string): Promise<Readiness> {
  return within(sql, org, async (tx) => {
    const [row] = await tx<{ migrated: boolean; unsealed: number; lag: number }[]>`
      select to_regproc('write_page') is not null as migrated,
        (select count(*)::int from (select 1 from pending where org = ${org} limit 10000) waiting) as unsealed,
        coalesce((select extract(epoch from clock_timestamp() - min(at)) * 1000 from pending where org = ${org}), 0)::float8 as lag`
    return row ? { ...row, lag: Math.max(0, Math.round(row.lag)) } : { migrated: false, unsealed: 0, lag: 0 }
  })
}
