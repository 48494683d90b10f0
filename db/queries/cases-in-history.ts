import { sql } from 'drizzle-orm'
import type { HistoryWanted } from '@/lib/act/history-filter'
import type { Reader } from '../reading'
import { walkOf } from './history-walk'

/** So many entries are looked through for one export: a few seconds' work. Whoever wants more asks for a period. */
export const LOOKED_THROUGH = 200_000

export type CasesFound = { readonly cases: readonly string[]; readonly entries: number }

/**
 * The cases in which something happened that fits, and how many such entries there are: all of them, or null where more would have to be
 * looked through than one may ask for. Nothing is ever left out in silence.
 */
export function casesInHistory(
  reader: Reader,
  viewer: { readonly org: string },
  { case: stream, ...wanted }: HistoryWanted,
  most = LOOKED_THROUGH,
): Promise<CasesFound | null> {
  return reader.read(viewer, async (reading) => {
    const filter = { kind: 'case', ...wanted, ...(stream ? { stream } : {}) } as const
    const { keys, rest } = await walkOf(reading, viewer.org, filter, most + 1, most + 1)
    const fits = sql.join([sql`starts_with(k.stream, 'case_')`, ...rest], sql` and `)
    const [found] = await reading.execute<{ looked: number; entries: number; cases: string[] | null }>(sql`
      with k as materialized (${keys}), fitting as (select k.stream from k where ${fits})
      select (select count(*)::integer from k) as looked, (select count(*)::integer from fitting) as entries,
        (select array_agg(distinct stream) from fitting) as cases`)
    if (!found || found.looked > most) return null
    return { cases: found.cases ?? [], entries: found.entries }
  })
}
