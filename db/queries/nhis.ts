import { and, asc, eq, ilike, or, sql } from 'drizzle-orm'
import { offer } from '@/lib/act/offer'
import type { NhiFile, NhiRow } from '@/lib/act/view/nhi'
import type { Actor } from '@/lib/identity/actor'
import { health } from '@/lib/nhi/health'
import type { Nhi } from '@/lib/nhi/nhi'
import type { Reader, Reading } from '../reading'
import { nhi } from '../schema'
import { listCases } from './cases'
import { momentOf, type Rules } from './moment'
import { type Names, namesFor, whoOrNull } from './names'
import { nhiSamples } from './nhi-samples'
import { entryOf, eventsOf } from './timeline'

const MOST = 500

export type NhiFilter = { readonly q?: string; readonly owner?: string; readonly environment?: string }

export function listNhis(reader: Reader, viewer: Actor, filter: NhiFilter, now: string): Promise<NhiRow[]> {
  return reader.read(viewer, async (reading) => {
    const like = filter.q ? `%${filter.q.replace(/[\\%_]/g, '\\$&')}%` : null
    const found = await reading
      .select({ id: nhi.id })
      .from(nhi)
      .where(
        and(
          eq(nhi.org, viewer.org),
          filter.owner ? eq(nhi.owner, filter.owner) : undefined,
          filter.environment ? eq(nhi.environment, filter.environment) : undefined,
          like ? or(ilike(nhi.name, like), ilike(nhi.account, like), ilike(nhi.system, like)) : undefined,
        ),
      )
      .orderBy(asc(nhi.name))
      .limit(MOST)
    return nhiRowsOf(
      reading,
      viewer.org,
      found.map((row) => row.id),
      now,
    )
  })
}

/** Rows in the order of the ids. Health is derived here and now; a stored verdict would be out of date tomorrow. */
export async function nhiRowsOf(
  reading: Reading,
  org: string,
  ids: readonly string[],
  now: string,
): Promise<NhiRow[]> {
  if (!ids.length) return []
  const rows = await reading.execute<NhiFound>(sql`select * from nhi_rows(${org}, ${sql.param([...ids])})`)
  const names = await namesFor(
    reading,
    rows.flatMap((row) => row.state.people),
  )
  return inOrder(ids, rows, names, now)
}

/** An identity as `nhi_rows` finds it. */
export type NhiFound = {
  readonly id: string
  readonly state: Nhi
  readonly owner_active: boolean | null
  readonly open_cases: number
}

/** Rows in the order of the ids. */
export function inOrder(
  ids: readonly string[],
  found: readonly NhiFound[],
  names: Names,
  now: string,
): NhiRow[] {
  const byId = new Map(found.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    return row ? [nhiRow(row.state, row.owner_active === true, row.open_cases, names, now)] : []
  })
}

function nhiRow(state: Nhi, ownerActive: boolean, openCases: number, names: Names, now: string): NhiRow {
  const {
    name,
    kind,
    system,
    account,
    environment,
    privilege,
    criticality,
    owner,
    backup_owner,
    last_used_on,
    last_rotated_on,
  } = state.profile
  return {
    id: state.id,
    name,
    kind,
    system,
    account,
    environment,
    privilege,
    criticality,
    owner: whoOrNull(names, owner),
    backup_owner: whoOrNull(names, backup_owner),
    health: health(state, { owner_active: ownerActive, exposed: openCases > 0, today: now.slice(0, 10) }),
    open_cases: openCases,
    last_used_on,
    last_rotated_on,
    next_review_on: state.next_review_on,
    disabled: state.disabled,
  }
}

const TIMELINE = 200

export async function readNhi(
  reader: Reader,
  viewer: Actor,
  rules: Rules,
  id: string,
): Promise<NhiFile | null> {
  const file = await reader.read(viewer, async (reading) => {
    const moment = id.startsWith('nhi_') ? await momentOf(reading, viewer, id, rules) : null
    if (!moment) return null
    const state = moment.state as Nhi
    const [row] = await nhiRowsOf(reading, viewer.org, [id], moment.now)
    const events = await eventsOf(reading, viewer.org, id, TIMELINE)
    const names = await namesFor(reading, [...state.people, ...events.map(({ actor }) => actor)])
    if (!row) return null
    return {
      ...row,
      version: moment.version,
      profile: state.profile,
      credentials: state.credentials,
      keys: state.keys.map(({ kid, use, revoked }) => ({ kid, use, revoked })),
      timeline: events.map((each) => entryOf(each, names)),
      offers: nhiSamples(state, viewer).map((sample) => offer('nhi', moment, sample)),
    }
  })
  if (!file) return null
  const [open, closed] = await Promise.all([
    listCases(reader, viewer, { view: 'open', nhi: id }),
    listCases(reader, viewer, { view: 'closed', nhi: id }),
  ])
  return { ...file, cases: [...open.rows, ...closed.rows] }
}
