import type { Client } from '../client'
import { within } from '../within'
import type { Job } from './job'

/** The signed head that an export is proved against, and the place in it of the export's own event. */
export type SealedAt = {
  readonly size: number
  readonly checkpoint: string
  readonly end: number
  /** When the head was signed. */
  readonly at: string
}

/**
 * Chooses the newest checkpoint once the export's event is in one, with what witnesses signed under it, and keeps it for every later
 * attempt. Null until then. `witnessed`: only one that enough witnesses signed will do, where there are witnesses.
 */
export function sealedAt(
  sql: Client,
  org: string,
  { id, stream, seq }: Job,
  witnessed: boolean,
): Promise<SealedAt | null> {
  return within(sql, org, async (tx) => {
    await tx`
      update export_job j set size = c.size, checkpoint = c.note || coalesce(
        (select string_agg(line, '' order by witness) from cosignature s where s.org = ${org} and s.size = c.size), '')
      from (
          select size, note from checkpoint where org = ${org} and (not ${witnessed}
            or coalesce((select quorum from witnessing where org = ${org}), 0) = 0
            or size <= (select size from witnessed where org = ${org}))
          order by size desc limit 1) as c,
        (select idx from log_entry where org = ${org} and stream = ${stream} and seq = ${seq}) as l
      where j.org = ${org} and j.id = ${id} and j.size is null and l.idx < c.size`
    const [row] = await tx<SealedAt[]>`
      select j.size::float8 as size, j.checkpoint, l.idx::float8 as end, utc(c.at) as at
      from export_job j join log_entry l on l.org = j.org and l.stream = j.stream and l.seq = j.seq
      join checkpoint c on c.org = j.org and c.size = j.size
      where j.org = ${org} and j.id = ${id}`
    return row ?? null
  })
}
