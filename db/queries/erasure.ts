import { and, desc, eq, sql } from 'drizzle-orm'
import { type Moment, offer, organisationErasureOffers } from '@/lib/act/offer'
import type { ErasureDesk } from '@/lib/act/view/erasure'
import type { Case } from '@/lib/case/case'
import type { Actor } from '@/lib/identity/actor'
import type { Registry } from '@/lib/registry/registry'
import type { Reader, Reading } from '../reading'
import { caseFile, event, stream } from '../schema'
import { erasureViews, holdViews } from './holds'
import { momentOf, type Rules } from './moment'
import { namesFor } from './names'

const MOST = 50

/** The organisation's holds and retention rule, and every case in which something is held or waits for a second person. */
export function erasureDesk(reader: Reader, viewer: Actor, rules: Rules): Promise<ErasureDesk | null> {
  return reader.read(viewer, async (reading) => {
    const moment = await momentOf(reading, viewer, 'registry', rules)
    if (!moment) return null
    const registry = moment.state as Registry
    const { retention, retention_proposed: proposed } = registry
    const cases = await casesConcerned(reading, viewer, rules)
    const people = cases.flatMap(({ moment: { state } }) => state.people)
    const names = await namesFor(reading, [
      ...people,
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
      cases: cases.map(({ moment: of, number, title }) => ({
        ...{ id: of.state.id, number, title },
        holds: holdViews(of, [], names),
        erasures: erasureViews(of, names),
      })),
      retention: retention && { ...retention, proposer: names(retention.proposer) },
      proposed: proposed && { ...proposed, proposer: names(proposed.proposer) },
      offers: organisationErasureOffers({ ...moment, state: registry }),
    }
  })
}

type Concerned = { moment: Moment & { state: Case }; number: number; title: string }

async function casesConcerned(reading: Reading, viewer: Actor, rules: Rules): Promise<Concerned[]> {
  const begun = reading
    .selectDistinct({ id: event.stream })
    .from(event)
    .where(and(eq(event.org, viewer.org), sql`${event.type} in ('erasure.requested', 'hold.placed')`))
  const rows = await reading
    .select({ id: caseFile.id, number: caseFile.number, title: caseFile.title })
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
  const found: Concerned[] = []
  for (const { id, number, title } of rows) {
    const moment = await momentOf(reading, viewer, id, rules)
    if (moment) found.push({ moment: { ...moment, state: moment.state as Case }, number, title })
  }
  return found
}
