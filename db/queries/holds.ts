import { erasureOffers, holdOffers, type Moment } from '@/lib/act/offer'
import type { ErasureView, HoldView } from '@/lib/act/view/erasure'
import type { Case, Hold } from '@/lib/case/case'
import type { Names } from './names'

export function holdViews(
  moment: Moment & { state: Case },
  everywhere: readonly Hold[],
  names: Names,
): HoldView[] {
  const view = ({ id: hold, reason, placed_by, at }: Hold) => ({
    hold,
    reason,
    at,
    placed_by: names(placed_by),
  })
  return [
    ...everywhere.map((each) => ({ ...view(each), scope: 'organisation' as const, offers: [] })),
    ...moment.state.holds.map((each) => ({
      ...view(each),
      scope: 'case' as const,
      offers: holdOffers(moment, each.id),
    })),
  ]
}

export function erasureViews(moment: Moment & { state: Case }, names: Names): ErasureView[] {
  return moment.state.erasures.map(({ id, reason, requester, asked_at, events }) => ({
    erasure: id,
    reason,
    asked_at,
    requester: names(requester),
    seqs: events.map(({ seq }) => seq),
    offers: erasureOffers(moment, id),
  }))
}
