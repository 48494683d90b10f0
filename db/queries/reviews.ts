import { and, desc, eq } from 'drizzle-orm'
import type { ApprovalRow } from '@/lib/act/view/action'
import { isReviewed } from '@/lib/action/break-glass'
import type { Actor } from '@/lib/identity/actor'
import type { Reader } from '../reading'
import { event } from '../schema'
import { approvalRow } from './approvals'
import type { Rules } from './moment'
import { type Opened, openCases } from './opened'

const MOST = 100

/** Emergencies that two people haven't reviewed yet, the latest first. They are rare, so that their events lead to them. */
export async function reviewsFor(reader: Reader, viewer: Actor, rules: Rules): Promise<ApprovalRow[]> {
  const ids = await withEmergencies(reader, viewer)
  const cases = await openCases(reader, viewer, rules, ids, 0)
  return cases.flatMap((opened) =>
    opened.moment.state.requests
      .filter((request) => !isReviewed(request))
      .flatMap((request) => reviewRow(opened, request.id) ?? []),
  )
}

function withEmergencies(reader: Reader, viewer: Actor): Promise<string[]> {
  return reader.read(viewer, async (reading) => {
    const found = await reading
      .select({ stream: event.stream })
      .from(event)
      .where(and(eq(event.org, viewer.org), eq(event.type, 'breakglass.invoked')))
      .orderBy(desc(event.at))
      .limit(MOST)
    return [...new Set(found.map((each) => each.stream))]
  })
}

function reviewRow(opened: Opened, request: string): ApprovalRow | null {
  const row = approvalRow(opened, request)
  const review = row?.action.offers.find((offer) => offer.command === 'reviewBreakGlass')
  return row && review ? { ...row, mine: review.open, reason: review.reason } : null
}
