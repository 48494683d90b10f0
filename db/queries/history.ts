import { sql } from 'drizzle-orm'
import type { HistoryPage } from '@/lib/act/view/entry'
import type { Actor } from '@/lib/identity/actor'
import type { Reader, Reading } from '../reading'
import { correctorsOf } from './corrected'
import { cursorOf } from './cursor'
import { type HistoryFilter, ORDER, type Walk, walkOf } from './history-walk'
import { namesFor } from './names'
import { namedIn, readEvents } from './read-back'
import { type EventRow, entryOf } from './timeline'

const PAGE = 100

/**
 * Events of all streams, the newest first. A page costs the same among a hundred events and a million: where no index holds the
 * answer, it goes a stretch back and says how far (`searched_to`), so that a page can be short and still have a next one.
 */
export function readHistory(
  reader: Reader,
  viewer: Actor,
  filter: HistoryFilter,
  stretch?: number,
): Promise<HistoryPage> {
  return reader.read(viewer, async (reading) => {
    const walk = await walkOf(reading, viewer.org, filter, PAGE + 1, stretch)
    const found = await rowsOf(reading, viewer.org, walk)
    const rows = await readEvents(reading, viewer.org, found.slice(0, PAGE))
    const names = await namesFor(reading, rows.flatMap(namedIn))
    const correctors = await correctorsOf(reading, viewer.org, rows)
    const last = found.length > PAGE ? found[PAGE - 1] : undefined
    const edge = last || !walk.rest.length ? undefined : await edgeOf(reading, walk)
    const goOn = last ?? edge
    return {
      rows: rows.map(({ row, redaction }) => ({
        ...entryOf(row, names, redaction),
        corrected_by: correctors(row),
        stream: row.stream,
        number: row.number,
        title: row.title,
      })),
      next: goOn ? cursorOf(goOn.at, `${goOn.stream}#${goOn.seq}`) : null,
      searched_to: edge?.at ?? null,
    }
  })
}

type Found = EventRow & { at: string; number: number | null; title: string | null }

/** The keys first; bodies, seals and titles only of what is shown. */
async function rowsOf(reading: Reading, org: string, { keys, rest }: Walk): Promise<Found[]> {
  const where = rest.length ? sql` where ${sql.join([...rest], sql` and `)}` : sql``
  const found = await reading.execute<Found>(sql`
    with shown as materialized (select stream, seq, at from (${keys}) k${where} order by ${ORDER} limit ${PAGE + 1})
    select e.stream, e.seq, e.type, e.actor, e.correlation, encode(e.hash, 'hex') as hash,
      convert_from(e.body, 'UTF8')::json as envelope, utc(e.at) as at, l.idx::float8 as index, f.number, f.title,
      l.idx < (select max(c.size) from checkpoint c where c.org = ${org}) as sealed
    from shown s join event e on e.org = ${org} and e.stream = s.stream and e.seq = s.seq
    left join log_entry l on l.org = ${org} and l.stream = s.stream and l.seq = s.seq
    left join case_file f on f.org = ${org} and f.id = s.stream
    order by s.at desc, s.stream desc, s.seq desc`)
  return [...found]
}

/** How far one request went, when it went as far as it may. */
async function edgeOf(reading: Reading, { keys, most }: Walk) {
  const [edge] = await reading.execute<{ stream: string; seq: number; at: string }>(
    sql`select stream, seq, utc(at) as at from (${keys}) k order by ${ORDER} offset ${most - 1} limit 1`,
  )
  return edge
}
