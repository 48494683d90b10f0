import { type Disposition, STAGES, type Stage } from '@/lib/case/event'
import { words } from '@/lib/telling/words'
import { cx } from '../ui/class'

const WALK = STAGES.slice(0, 5)

/** A small rail: five steps, the passed ones filled, the present one marked; a double rule when closed. */
export function StageMark({
  stage,
  disposition,
  named = true,
}: {
  stage: Stage
  disposition?: Disposition | null
  named?: boolean
}) {
  const at = STAGES.indexOf(stage)
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <svg viewBox="0 0 34 8" className="h-2 w-8.5 shrink-0" aria-hidden="true">
        {stage === 'closed' ? (
          <path d="M0 2.5h34M0 5.5h34" stroke="var(--ink-3)" strokeWidth="1" />
        ) : (
          WALK.map((name, index) => (
            <rect
              key={name}
              x={index * 7 + 0.5}
              y={index === at ? 0.5 : 2.5}
              width="5"
              height={index === at ? 7 : 3}
              fill={index < at ? 'var(--edge)' : index === at ? 'var(--accent)' : 'none'}
              stroke={index === at ? 'var(--accent)' : 'var(--edge)'}
              strokeWidth="0.8"
            />
          ))
        )}
      </svg>
      <span className={cx(named ? '' : 'sr-only', stage === 'closed' ? 'text-ink-3' : 'text-ink-2')}>
        {stage === 'closed' && disposition ? words(disposition) : stage}
      </span>
    </span>
  )
}
