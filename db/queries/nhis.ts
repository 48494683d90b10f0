import { and, asc, eq, ilike, inArray, or, sql } from 'drizzle-orm'
import { offer } from '@/lib/act/offer'
import type { NhiFile, NhiRow } from '@/lib/act/view/nhi'
import type { Actor } from '@/lib/identity/actor'
import { health } from '@/lib/nhi/health'
import type { Nhi } from '@/lib/nhi/nhi'
import type { Reader, Reading } from '../reading'
import { caseNhi, member, nhi, stream } from '../schema'
import { listCases } from './cases'
import { momentOf, type Rules } from './moment'
import { type Names, namesFor, whoOrNull } from './names'
import { nhiSamples } from './nhi-samples'
import { entryOf, envelopeOf, eventsOf } from './timeline'

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
  const rows = await reading
    .select({
      id: nhi.id,
      state: stream.state,
      ownerActive: member.active,
      openCases: sql<number>`(select count(*)::int from ${caseNhi} c where c.org = ${nhi.org} and c.nhi = ${nhi.id} and c.open)`,
    })
    .from(nhi)
    .innerJoin(stream, and(eq(stream.org, nhi.org), eq(stream.stream, nhi.id)))
    .leftJoin(member, and(eq(member.org, nhi.org), eq(member.id, nhi.owner)))
    .where(and(eq(nhi.org, org), inArray(nhi.id, [...ids])))
  const states = new Map(rows.map((row) => [row.id, row]))
  const names = await namesFor(
    reading,
    rows.flatMap((row) => (row.state as Nhi).people),
  )
  return ids.flatMap((id) => {
    const row = states.get(id)
    return row ? [nhiRow(row.state as Nhi, row.ownerActive === true, row.openCases, names, now)] : []
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
    const events = (await eventsOf(reading, viewer.org, id, TIMELINE)).map((each) => ({
      row: each,
      envelope: envelopeOf(each),
    }))
    const names = await namesFor(reading, [...state.people, ...events.map(({ row }) => row.actor)])
    if (!row) return null
    return {
      ...row,
      version: moment.version,
      profile: state.profile,
      credentials: state.credentials,
      keys: state.keys.map(({ kid, use, revoked }) => ({ kid, use, revoked })),
      timeline: events.map((each) => entryOf(each.row, each.envelope, names)),
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
