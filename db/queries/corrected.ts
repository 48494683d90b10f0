import { sql } from 'drizzle-orm'
import { correctorsIn } from '@/lib/telling/corrections'
import type { Reading } from '../reading'
import { type ReadEvent, readEvents } from './read-back'
import { dataOf, type EventRow } from './timeline'

type Place = Pick<EventRow, 'stream' | 'seq'>

/** By which entries of its own stream each of these entries was corrected, the newest first: in one question for all of them. */
export async function correctorsOf(
  reading: Reading,
  org: string,
  entries: readonly ReadEvent[],
): Promise<(place: Place) => number[]> {
  const streams = [...new Set(entries.map(({ row }) => row.stream))].filter((id) => id.startsWith('case_'))
  if (!streams.length) return () => []
  const found = await reading.execute<EventRow>(sql`
    select stream, seq, type, actor, correlation, encode(hash, 'hex') as hash, utc(at) as at,
      convert_from(body, 'UTF8')::json as envelope from event
    where org = ${org} and type = 'entry.corrected' and stream = any(${`{${streams.join(',')}}`}::text::text[]) order by seq`)
  const corrections = await readEvents(reading, org, [...found])
  const by = new Map(streams.map((stream) => [stream, correctorsIn(of(stream, corrections))]))
  return ({ stream, seq }) => by.get(stream)?.(seq) ?? []
}

function of(stream: string, corrections: readonly ReadEvent[]) {
  return corrections
    .filter(({ row }) => row.stream === stream)
    .map(({ row, redaction }) => ({ ...row, data: dataOf(row, redaction) }))
}
