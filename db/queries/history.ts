import { and, desc, eq, gte, isNotNull, like, lt, type SQL, sql } from 'drizzle-orm'
import type { HistoryPage } from '@/lib/act/view'
import type { Actor } from '@/lib/identity/actor'
import type { Reader } from '../reading'
import { caseFile, event, logEntry } from '../schema'
import type { Cursor } from './cursor'
import { cursorOf } from './cursor'
import { matching } from './matching'
import { namesFor } from './names'
import { entryOf, envelopeOf, eventColumns, inLog } from './timeline'

export type HistoryFilter = {
  readonly stream?: string
  readonly actor?: string
  /** A type, or a prefix that ends with a dot: `approval.`. */
  readonly type?: string
  readonly from?: string
  readonly to?: string
  /** Words of the case that the event belongs to. */
  readonly q?: string
  readonly after?: Cursor
}

const PAGE = 100

/** Events of all streams, the newest first. */
export function readHistory(reader: Reader, viewer: Actor, filter: HistoryFilter): Promise<HistoryPage> {
  return reader.read(viewer, async (reading) => {
    const matches = filter.q ? await matching(reading, filter.q) : undefined
    const rows = await reading
      .select({
        ...eventColumns,
        at: sql<string>`utc(${event.at})`,
        number: caseFile.number,
        title: caseFile.title,
      })
      .from(event)
      .leftJoin(logEntry, inLog)
      .leftJoin(caseFile, and(eq(caseFile.org, event.org), eq(caseFile.id, event.stream)))
      .where(
        and(
          eq(event.org, viewer.org),
          ...conditions(filter),
          matches && and(isNotNull(caseFile.id), matches),
        ),
      )
      .orderBy(desc(event.at), desc(event.stream), desc(event.seq))
      .limit(PAGE + 1)
    const shown = rows.slice(0, PAGE).map((row) => ({ row, envelope: envelopeOf(row) }))
    const names = await namesFor(
      reading,
      shown.map(({ envelope }) => envelope.actor.id),
    )
    const last = rows.length > PAGE ? rows[PAGE - 1] : undefined
    return {
      rows: shown.map(({ row, envelope }) => ({
        ...entryOf(row, envelope, names),
        stream: row.stream,
        number: row.number,
        title: row.title,
      })),
      next: last ? cursorOf(last.at, `${last.stream}#${last.seq}`) : null,
    }
  })
}

function conditions({ stream, actor, type, from, to, after }: HistoryFilter): (SQL | undefined)[] {
  return [
    stream ? eq(event.stream, stream) : undefined,
    actor ? eq(event.actor, actor) : undefined,
    type?.endsWith('.')
      ? like(event.type, `${type.replace(/[\\%_]/g, '\\$&')}%`)
      : type
        ? eq(event.type, type)
        : undefined,
    from ? gte(event.at, from) : undefined,
    to ? lt(event.at, to) : undefined,
    after ? older(after) : undefined,
  ]
}

function older({ at, id }: Cursor): SQL {
  const [stream = '', seq = '0'] = id.split('#')
  return sql`(${event.at}, ${event.stream}, ${event.seq}) < (${at}::timestamptz, ${stream}, ${Number(seq) || 0})`
}
