import { type SQL, sql } from 'drizzle-orm'
import type { StreamKind } from '@/lib/act/spec'
import type { Reading } from '../reading'
import type { Cursor } from './cursor'
import { wordsQuery } from './words'

export type HistoryFilter = {
  readonly stream?: string
  readonly actor?: string
  /** What the event is about: a case, a non-human identity, the organisation. */
  readonly kind?: StreamKind
  /** A type, or a prefix that ends with a dot: `approval.`. */
  readonly type?: string
  readonly outcome?: 'permitted' | 'refused'
  readonly from?: string
  readonly to?: string
  /** Words that were said in the event. */
  readonly q?: string
  readonly after?: Cursor
}

/** Where the events are looked for: `keys` are the newest `most` of them that one index leads to, `rest` is asked of each. */
export type Walk = { readonly keys: SQL; readonly most: number; readonly rest: readonly SQL[] }

/** So many events are looked up one by one; a word that more of them hold is soon met by whoever goes through the newest. */
const FEW = 2_000
/** So far goes one request where no index holds the answer: any page costs the same, and says how far it went. */
const STRETCH = 5_000
const REFUSED = 'policy.denied'
/** The types that only the streams of identities hold, so that a million events of cases are never gone through for them. */
const OF_NHIS = `{nhi.registered,nhi.described,owner.changed,credential.registered,credential.retired,key.enrolled,key.revoked,nhi.used,nhi.rotated,nhi.reviewed,nhi.disabled,nhi.enabled,${REFUSED}}`

/** Newest first; each event has one place in this order. */
export const ORDER = sql`at desc, stream desc, seq desc`

export async function walkOf(
  reading: Reading,
  org: string,
  filter: HistoryFilter,
  page: number,
  stretch = STRETCH,
): Promise<Walk> {
  const query = filter.q ? wordsQuery(filter.q) : null
  const few = query && (await lookedUp(reading, query))
  const within = sql.join([sql`org = ${org}`, ...bounds(filter)], sql` and `)
  const by = few ? fromList(few) : source(org, filter)
  const words = query && !few ? [said(query)] : []
  const rest = [...conditions(filter, by.covers), ...words]
  const most = few ? FEW : rest.length ? stretch : page
  return { keys: by.keys(within, most), most, rest }
}

async function lookedUp(reading: Reading, query: SQL): Promise<string[] | null> {
  const [row] = await reading.execute<{ few: string[] | null }>(
    sql`select events_matching(${query}, ${FEW}) as few`,
  )
  return row?.few ?? null
}

type Source = { covers: (keyof HistoryFilter)[]; keys: (within: SQL, most: number) => SQL }
const KEY = sql`stream, seq, at, type, actor`

function fromList(ids: readonly string[]): Source {
  const places = ids.map((id) => id.split('#'))
  const list = (parts: (string | undefined)[]) =>
    `{${parts.map((part) => JSON.stringify(part ?? '')).join(',')}}`
  // Compared column to column: row-level security lets an index answer that, and no comparison with what a function makes of it.
  const found = sql`unnest(${list(places.map(([stream]) => stream))}::text::text[],
    ${list(places.map(([, seq]) => seq))}::text::integer[]) as found(place, number)`
  const keys = (within: SQL, most: number) => sql`
    select ${KEY} from ${found}, lateral (select ${KEY} from event
      where ${within} and stream = found.place and seq = found.number) e
    order by ${ORDER} limit ${most}`
  return { covers: [], keys }
}

/** The index that leads to the fewest events. */
function source(org: string, filter: HistoryFilter): Source {
  const { stream, type, outcome, kind } = filter
  if (stream) return { covers: ['stream'], keys: walked(sql`stream = ${stream}`) }
  if (kind === 'registry') return { covers: ['kind'], keys: walked(sql`stream = 'registry'`) }
  if (outcome === 'refused') return { covers: ['outcome'], keys: walked(sql`type = ${REFUSED}`) }
  if (type?.endsWith('.')) return { covers: ['type'], keys: ofTypes(typesUnder(org, type)) }
  if (type) return { covers: ['type'], keys: walked(sql`type = ${type}`) }
  if (kind === 'nhi') return { covers: [], keys: ofTypes(sql`select unnest(${OF_NHIS}::text::text[])`) }
  if (filter.actor) return { covers: ['actor'], keys: walked(sql`actor = ${filter.actor}`) }
  return { covers: [], keys: walked(sql`true`) }
}

function walked(where: SQL): Source['keys'] {
  return (within, most) =>
    sql`select ${KEY} from event where ${within} and ${where} order by ${ORDER} limit ${most}`
}

/** The newest of each type, merged: an index by type has each type in order, not several. */
function ofTypes(types: SQL): Source['keys'] {
  return (within, most) => sql`
    select ${KEY} from (${types}) as wanted(type_wanted), lateral (select ${KEY} from event
      where ${within} and type = wanted.type_wanted order by ${ORDER} limit ${most}) e
    order by ${ORDER} limit ${most}`
}

/** The types that there are under a prefix: through all types there are, one step in the index for each. */
function typesUnder(org: string, prefix: string): SQL {
  const next = (above: SQL) => sql`select min(type) from event where org = ${org} and ${above}`
  return sql`with recursive known(type) as (
      (${next(sql`true`)}) union all select (${next(sql`type > known.type`)}) from known where known.type is not null)
    select type from known where starts_with(type, ${prefix})`
}

function bounds({ from, to, after }: HistoryFilter): SQL[] {
  return [
    ...(from ? [sql`at >= ${from}::timestamptz`] : []),
    ...(to ? [sql`at <= ${to}::timestamptz`] : []),
    ...(after ? [older(after)] : []),
  ]
}

function older({ at, id }: Cursor): SQL {
  const [stream = '', seq = '0'] = id.split('#')
  return sql`(at, stream, seq) < (${at}::timestamptz, ${stream}, ${Number(seq) || 0})`
}

/** What the source has not seen to. */
function conditions(filter: HistoryFilter, covers: readonly (keyof HistoryFilter)[]): SQL[] {
  const { stream, actor, kind, type, outcome } = filter
  const all: [keyof HistoryFilter, SQL | null][] = [
    ['stream', stream ? sql`k.stream = ${stream}` : null],
    ['actor', actor ? sql`k.actor = ${actor}` : null],
    ['kind', kind ? sql`starts_with(k.stream, ${kind})` : null],
    ['type', type?.endsWith('.') ? sql`starts_with(k.type, ${type})` : type ? sql`k.type = ${type}` : null],
    [
      'outcome',
      outcome === 'refused'
        ? sql`k.type = ${REFUSED}`
        : outcome === 'permitted'
          ? sql`k.type <> ${REFUSED}`
          : null,
    ],
  ]
  return all.flatMap(([name, condition]) => (condition && !covers.includes(name) ? [condition] : []))
}

function said(query: SQL): SQL {
  return sql`exists (select 1 from event_words w where w.org = current_setting('app.org') and w.stream = k.stream and w.seq = k.seq and w.words @@ ${query} offset 0)`
}
