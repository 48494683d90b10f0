import { HEALTH, type Health } from '@/lib/act/view/nhi'
import { toggled } from '../inbox/query'
import { cx } from '../ui/class'

/** How many identities have each ailment, drawn and written; a click filters. */
export function HealthBar({
  counts,
  total,
  chosen,
  choose,
}: {
  counts: Record<Health, number>
  total: number
  chosen: string
  choose: (health: string) => void
}) {
  return (
    <fieldset className="grid grid-cols-3 border-b border-rule sm:grid-cols-6">
      <legend className="sr-only">Health</legend>
      {HEALTH.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={chosen.split(',').includes(one)}
          onClick={() => choose(toggled(chosen, one))}
          className={cx(
            'min-w-0 border-l border-rule px-3 py-2 text-left first:border-l-0 hover:bg-sheet',
            chosen.split(',').includes(one) && 'bg-accent-wash',
          )}
        >
          <span className={cx('block text-lg font-semibold', counts[one] === 0 && 'text-ink-3')}>
            {counts[one]}
          </span>
          <span className="block truncate text-xs text-ink-2">{one}</span>
          <svg
            viewBox="0 0 100 3"
            preserveAspectRatio="none"
            className="mt-1 h-0.75 w-full"
            aria-hidden="true"
          >
            <rect width="100" height="3" fill="var(--rule)" />
            <rect
              width={total ? (100 * counts[one]) / total : 0}
              height="3"
              fill={one === 'exposed' || one === 'orphaned' ? 'var(--critical)' : 'var(--medium)'}
            />
          </svg>
        </button>
      ))}
    </fieldset>
  )
}
