import { SEVERITIES, type Severity } from '@/lib/case/event'
import { cx } from '../ui/class'

const INK: Record<Severity, string> = {
  informational: 'text-ink-3',
  low: 'text-low',
  medium: 'text-medium',
  high: 'text-high',
  critical: 'text-critical',
}

/** Five bars, as many filled as the severity weighs: readable without seeing the colour. */
export function SeverityMark({ severity }: { severity: Severity | null }) {
  const level = severity ? SEVERITIES.indexOf(severity) + 1 : 0
  const label = severity ? `Severity ${severity}` : 'No severity yet'
  return (
    <svg
      viewBox="0 0 17 14"
      className={cx('h-3.5 w-4.25 shrink-0', severity ? INK[severity] : 'text-ink-3')}
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      {SEVERITIES.map((name, index) => (
        <rect
          key={name}
          x={index * 3.5}
          y={10 - index * 2.2}
          width="2.4"
          height={4 + index * 2.2}
          fill="currentColor"
          opacity={index < level ? 1 : 0.22}
        />
      ))}
    </svg>
  )
}

export function SeverityName({ severity }: { severity: Severity | null }) {
  return (
    <span
      className={cx(
        'inline-flex items-center gap-1.5 whitespace-nowrap',
        severity === 'critical' && 'font-semibold',
        severity ? INK[severity] : 'text-ink-3',
      )}
    >
      <SeverityMark severity={severity} />
      <span aria-hidden="true">{severity ?? 'no severity'}</span>
    </span>
  )
}
