import { and, desc, eq } from 'drizzle-orm'
import type { ApprovalRow } from '@/lib/act/view/action'
import { isReviewed } from '@/lib/action/break-glass'
import type { Case } from '@/lib/case/case'
import type { Actor } from '@/lib/identity/actor'
import type { Reader } from '../reading'
import { event } from '../schema'
import { approvalRow } from './approvals'
import { momentOf, type Rules } from './moment'

const MOST = 100

/** Emergencies that two people haven't reviewed yet, the latest first. They are rare, so that their events lead to them. */
export function reviewsFor(reader: Reader, viewer: Actor, rules: Rules): Promise<ApprovalRow[]> {
  return reader.read(viewer, async (reading) => {
    const found = await reading
      .select({ stream: event.stream })
      .from(event)
      .where(and(eq(event.org, viewer.org), eq(event.type, 'breakglass.invoked')))
      .orderBy(desc(event.at))
      .limit(MOST)
    const rows: ApprovalRow[] = []
    for (const id of new Set(found.map((each) => each.stream))) {
      const moment = await momentOf(reading, viewer, id, rules)
      const requests = (moment?.state as Case | undefined)?.requests ?? []
      for (const request of requests.filter((each) => !isReviewed(each))) {
        const row = await approvalRow(reading, viewer, rules, id, request.id)
        const review = row?.action.offers.find((offer) => offer.command === 'reviewBreakGlass')
        if (row && review) rows.push({ ...row, mine: review.open, reason: review.reason })
      }
    }
    return rows
  })
}
