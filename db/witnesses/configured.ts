import { parseVkey } from '@/lib/record/note'
import type { Witness } from '@/lib/registry/witnesses'
import type { Client } from '../client'

/** A log that has witnesses, and how far it and they have got. */
export type Watched = {
  readonly org: string
  readonly witnesses: readonly Witness[]
  readonly quorum: number
  /** Of the newest checkpoint. */
  readonly size: number
  readonly note: string
  /** Seconds for which there has been a checkpoint that too few witnesses signed; 0 where there is none. */
  readonly unwitnessed: number
}

/** Every organisation that has witnesses and a checkpoint to show them: asked as the sequencer. */
export function watchedLogs(sql: Client): Promise<Watched[]> {
  return sql<Watched[]>`
    select w.org, w.witnesses, w.quorum, newest.size::float8 as size, newest.note,
      coalesce(extract(epoch from clock_timestamp() - late.at), 0)::float8 as unwitnessed
    from witnessing w
    cross join lateral (select size, note from checkpoint c where c.org = w.org order by size desc limit 1) newest
    left join witnessed done on done.org = w.org
    left join lateral (
      select at from checkpoint c where c.org = w.org and c.size > coalesce(done.size, 0) order by size limit 1) late on true
    where jsonb_array_length(w.witnesses) > 0`
}

/** The witnesses of one organisation, each with the size that it cosigned last. */
export async function witnessesOf(sql: Client, org: string): Promise<(Witness & { cosigned: number })[]> {
  return sql<(Witness & { cosigned: number })[]>`
    select each.vkey, each.name, each.url, coalesce(max(c.size), 0)::float8 as cosigned
    from witnessing w
    cross join jsonb_to_recordset(w.witnesses) as each(vkey text, name text, url text)
    left join cosignature c on c.org = w.org and c.witness = each.vkey
    where w.org = ${org} group by each.vkey, each.name, each.url`
}

export async function publishedSize(sql: Client, org: string): Promise<number> {
  const [row] = await sql<
    { size: number | null }[]
  >`select max(size)::float8 as size from checkpoint where org = ${org}`
  return row?.size ?? 0
}

export function keyAndUrl({ vkey, url }: Witness) {
  return { key: parseVkey(vkey), url }
}
