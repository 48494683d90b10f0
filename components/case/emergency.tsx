import type { ActionView } from '@/lib/act/view/action'
import { Due, When } from '../ui/when'
import { Said } from './said'
import { Who } from './who'

/** How many people look at an emergency afterwards. */
const REVIEWERS = 2

export function awaitsReview({ breakglass }: Pick<ActionView, 'breakglass'>): boolean {
  return breakglass !== null && breakglass.reviews.length < REVIEWERS
}

/** That it ran without its approvals, on whose word, and what the others say to that. */
export function EmergencyNote({ action }: { action: ActionView }) {
  const { breakglass } = action
  if (!breakglass) return null
  const open = REVIEWERS - breakglass.reviews.length
  return (
    <section
      aria-label="Emergency"
      className="mt-3 border-l-3 border-l-critical bg-critical-wash px-3 py-2 text-ink"
    >
      <p className="font-medium">
        {breakglass.expired
          ? 'The glass was broken, and it was not used in time.'
          : 'Let run without its approvals.'}{' '}
        <Who who={breakglass.invoker} /> answers for it, <When at={breakglass.at} />.
      </p>
      <Said text={breakglass.reason} />
      <ul className="mt-1">
        {breakglass.reviews.map((one) => (
          <li key={one.reviewer.id}>
            <Who who={one.reviewer} className="font-medium" />: {one.outcome}. <Said inline text={one.note} />
          </li>
        ))}
      </ul>
      {open > 0 ? (
        <p className="mt-1">
          {open === 1 ? 'One more person reviews' : 'Two people review'} it; due{' '}
          <Due at={breakglass.review_by} />. Until then the case can’t close.
        </p>
      ) : null}
    </section>
  )
}
