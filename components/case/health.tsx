import type { Health } from '@/lib/act/view/nhi'
import { cx } from '../ui/class'

const MEANS: Record<Health, [string, 'bad' | 'warn']> = {
  exposed: ['An open case says that a credential of it is out.', 'bad'],
  orphaned: ['Nobody active owns it.', 'bad'],
  'over-privileged': ['It is granted more than it uses.', 'warn'],
  unrotated: ['Its credential is older than policy allows.', 'warn'],
  stale: ['It has not been used for long.', 'warn'],
  unreviewed: ['Its review is overdue.', 'warn'],
}

/** What ails an identity; nothing when it is well. */
export function HealthChips({ health, disabled }: { health: readonly Health[]; disabled?: boolean }) {
  if (!health.length && !disabled) return <span className="text-xs text-ink-3">no finding</span>
  return (
    <span className="inline-flex flex-wrap gap-1">
      {disabled ? <Chip tone="text-ink-2 border-edge" title="It can do nothing." label="disabled" /> : null}
      {health.map((one) => (
        <Chip
          key={one}
          label={one}
          title={MEANS[one][0]}
          tone={MEANS[one][1] === 'bad' ? 'text-critical border-critical' : 'text-medium border-medium'}
        />
      ))}
    </span>
  )
}

function Chip({ label, title, tone }: { label: string; title: string; tone: string }) {
  return (
    <span
      title={title}
      className={cx('rounded-sm border px-1 text-xs leading-4 font-medium whitespace-nowrap', tone)}
    >
      {label}
    </span>
  )
}
