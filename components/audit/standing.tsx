import type { Seal } from '@/lib/act/view/entry'
import type { AnswersView } from '@/lib/audit/view'
import { cx } from '../ui/class'

const STATUSES: readonly Seal['status'][] = ['recorded', 'sealed', 'witnessed']
const SAYS: Record<Seal['status'], string> = {
  recorded: 'Some of its entries are on record and not in the log yet; they are sealed within seconds.',
  sealed: 'Every entry is sealed: in the organisation’s log, under a signed checkpoint.',
  witnessed: 'Every entry is witnessed: an independent witness has signed for the log that holds it.',
}

/** What holds for the whole: whether the parts were different people’s, and how far the record has got. */
export function Standing({ view }: { view: AnswersView }) {
  const weakest =
    STATUSES.find((status) => view.events.some(({ seal }) => seal.status === status)) ?? 'recorded'
  const { separation } = view
  return (
    <ul className="grid gap-x-8 gap-y-1 border-b border-rule-strong py-3 md:grid-cols-2">
      <Line good={separation.distinct} says={separation.sentence} />
      <Line good={weakest !== 'recorded'} says={SAYS[weakest]} />
    </ul>
  )
}

function Line({ good, says }: { good: boolean; says: string }) {
  return (
    <li className="flex items-baseline gap-2">
      <span aria-hidden="true" className={cx('font-semibold', good ? 'text-ok' : 'text-medium')}>
        {good ? '✓' : '!'}
      </span>
      {says}
    </li>
  )
}
