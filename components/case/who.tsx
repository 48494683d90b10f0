import type { Who as Somebody } from '@/lib/act/view/who'
import { cx } from '../ui/class'

const KIND = { human: 'person', nhi: 'non-human identity', system: 'On Record itself' }

/** Who: a circle for a person, a hexagon for a non-human identity, a lozenge for the system. The shape says it, not a colour. */
export function Who({
  who,
  nameless,
  large,
  className,
}: {
  who: Somebody
  nameless?: boolean
  large?: boolean
  className?: string
}) {
  return (
    <span
      className={cx('inline-flex min-w-0 gap-1.5', nameless ? 'align-middle' : 'items-baseline', className)}
    >
      <WhoGlyph who={who} large={large} />
      {nameless ? null : <span className="truncate pr-0.5 leading-5.5">{who.name}</span>}
    </span>
  )
}

export function WhoGlyph({ who, large }: { who: Somebody; large?: boolean | undefined }) {
  return (
    <svg
      viewBox="0 0 24 24"
      className={cx('shrink-0 self-center', large ? 'size-7' : 'size-5.5')}
      role="img"
      aria-label={`${KIND[who.kind]} ${who.name}`}
    >
      <title>{`${who.name} (${KIND[who.kind]})`}</title>
      {who.kind === 'human' ? (
        <circle cx="12" cy="12" r="11" fill="var(--sunk)" stroke="var(--edge)" />
      ) : null}
      {who.kind === 'nhi' ? (
        <path
          d="M12 .8 22 6.4v11.2L12 23.2 2 17.6V6.4Z"
          fill="var(--accent-wash)"
          stroke="var(--accent)"
          strokeLinejoin="round"
        />
      ) : null}
      {who.kind === 'system' ? <path d="M12 1.5 22.5 12 12 22.5 1.5 12Z" fill="var(--ink-2)" /> : null}
      {who.kind === 'system' ? (
        <path d="m8 12 3 3 5-6" fill="none" stroke="var(--paper)" strokeWidth="1.8" />
      ) : (
        <text
          x="12"
          y="12.5"
          fontSize="9.5"
          fontWeight="600"
          textAnchor="middle"
          dominantBaseline="central"
          fill={who.kind === 'nhi' ? 'var(--accent)' : 'var(--ink)'}
        >
          {initials(who.name)}
        </text>
      )}
    </svg>
  )
}

/** `Ada Okafor` -> AO, `svc-orders` -> SO. */
export function initials(name: string): string {
  const parts = name.split(/[\s\-_.]+/).filter(Boolean)
  const letters =
    parts.length > 1 ? [parts[0], parts.at(-1)].map((part) => part?.[0]) : [...(parts[0] ?? '?')].slice(0, 2)
  return letters.join('').toUpperCase()
}
