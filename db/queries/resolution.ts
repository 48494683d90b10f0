import { sql } from 'drizzle-orm'
import type { Period, Resolution, Resolved, Took } from '@/lib/act/view/resolution'
import { SEVERITIES, type Severity } from '@/lib/case/event'
import type { Actor } from '@/lib/identity/actor'
import type { Reader } from '../reading'
import { caseFile } from '../schema'

/** Of the cases of one severity, or of all of them; durations in seconds as [median, 90th percentile]. */
type Row = {
  everything: boolean
  severity: Severity | null
  cases: number
  confirmed: number
  to_confirmed: [number, number] | null
  to_closed: [number, number] | null
  due: number
  in_time: number
}
type Moment = { at: string; since: string }

const { org, open, openedAt, confirmedAt, stageAt, severity, due } = caseFile
/** Median and 90th percentile, interpolated between the two nearest where they lie between; cases without the end are left out. */
const spread = (end: typeof stageAt | typeof confirmedAt) =>
  sql`array_to_json(percentile_cont(array[0.5, 0.9]) within group (order by extract(epoch from ${end} - ${openedAt})::float8))`

/** How the cases that were closed in the last so many days went. One pass over them in the index `case_resolved`, which has all that it needs. */
export function readResolution(reader: Reader, viewer: Actor, days: Period): Promise<Resolution> {
  return reader.read(viewer, async (reading) => {
    const [moment] = await reading.execute<Moment>(
      sql`select utc(now()) as at, utc(now() - make_interval(days => ${days})) as since`,
    )
    const { at, since } = moment ?? { at: '', since: '' }
    const rows = await reading.execute<Row>(sql`
      select grouping(${severity}) = 1 as everything, ${severity} as severity, count(*)::int as cases,
        count(${confirmedAt})::int as confirmed, ${spread(confirmedAt)} as to_confirmed, ${spread(stageAt)} as to_closed,
        count(${due})::int as due, (count(*) filter (where ${stageAt} <= ${due}))::int as in_time
      from ${caseFile} where ${org} = ${viewer.org} and not ${open} and ${stageAt} >= ${since}::timestamptz
      group by grouping sets ((${severity}), ())`)
    const all = [...rows].flatMap((row) => (row.everything ? resolved(row) : []))
    const severities = [...rows].flatMap((row) => (row.everything ? [] : resolved(row)))
    return { at, since, days, all: all[0] ?? null, severities: severities.sort(graver) }
  })
}

function resolved(row: Row): Resolved[] {
  const closed = took(row.cases, row.to_closed)
  if (!closed) return []
  const { severity: of, cases, confirmed, to_confirmed, in_time } = row
  return [{ severity: of, cases, confirmed: took(confirmed, to_confirmed), closed, due: row.due, in_time }]
}

function took(cases: number, spread: [number, number] | null): Took | null {
  return spread && { cases, median_s: Math.round(spread[0]), p90_s: Math.round(spread[1]) }
}

const gravity = ({ severity: of }: Resolved) => (of === null ? -1 : SEVERITIES.indexOf(of))
function graver(one: Resolved, other: Resolved): number {
  return gravity(other) - gravity(one)
}
