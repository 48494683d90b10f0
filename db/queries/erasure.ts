import { and, desc, eq, sql } from 'drizzle-orm'
import { offer, organisationErasureOffers } from '@/lib/act/offer'
import type { ErasureDesk } from '@/lib/act/view/erasure'
import type { Actor } from '@/lib/identity/actor'
import type { Registry } from '@/lib/registry/registry'
import type { Reader } from '../reading'
import { caseFile, event, stream } from '../schema'
import { erasureViews, holdViews } from './holds'
import { momentOf, type Rules } from './moment'
import { namesFor } from './names'
import { type Opened, openCases } from './opened'

const MOST = 50

/** The organisation's holds and retention rule, and every case in which something is held or waits for a second person. */
export async function erasureDesk(reader: Reader, viewer: Actor, rules: Rules): Promise<ErasureDesk | null> {
  const cases = await openCases(reader, viewer, rules, await casesConcerned(reader, viewer), 0)
  return reader.read(viewer, async (reading) => {
    const moment = await momentOf(reading, viewer, 'registry', rules)
    if (!moment) return null
    const registry = moment.state as Registry
    const { retention, retention_proposed: proposed } = registry
    const names = await namesFor(reading, [
      ...registry.holds.map(({ placed_by }) => placed_by),
      ...[retention?.proposer, proposed?.proposer].filter((id) => id !== undefined),
    ])
    const holds = registry.holds.map(({ id: hold, reason, placed_by, at }) => ({
      ...{ hold, reason, at, scope: 'organisation' as const, placed_by: names(placed_by) },
      offers: [
        offer('registry', moment, { command: 'releaseOrganisation', input: { hold, reason: 'reason' } }),
      ],
    }))
    return {
      holds,
      cases: cases.map(concerned),
      retention: retention && { ...retention, proposer: names(retention.proposer) },
      proposed: proposed && { ...proposed, proposer: names(proposed.proposer) },
      offers: organisationErasureOffers({ ...moment, state: registry }),
    }
  })
}

function concerned({ moment, names }: Opened): ErasureDesk['cases'][number] {
  const { id, number, title } = moment.state
  return { id, number, title, holds: holdViews(moment, [], names), erasures: erasureViews(moment, names) }
}

function casesConcerned(reader: Reader, viewer: Actor): Promise<string[]> {
  return reader.read(viewer, async (reading) => {
    const begun = reading
      .selectDistinct({ id: event.stream })
      .from(event)
      .where(and(eq(event.org, viewer.org), sql`${event.type} in ('erasure.requested', 'hold.placed')`))
    const rows = await reading
      .select({ id: caseFile.id })
      .from(caseFile)
      .innerJoin(stream, and(eq(stream.org, caseFile.org), eq(stream.stream, caseFile.id)))
      .where(
        and(
          eq(caseFile.org, viewer.org),
          sql`${caseFile.id} in ${begun}`,
          sql`(${stream.state} -> 'erasures' <> '[]' or ${stream.state} -> 'holds' <> '[]')`,
        ),
      )
      .orderBy(desc(caseFile.changedAt))
      .limit(MOST)
    return rows.map(({ id }) => id)
  })
}
