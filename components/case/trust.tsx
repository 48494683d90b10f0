import type { Trust } from '@/lib/case/event'
import { cx } from '../ui/class'
import { Tip } from '../ui/tip'

const LEVEL: Record<Trust, { name: string; means: string; tone: string; fill: number }> = {
  'platform-verified': {
    name: 'fetched from the platform',
    means: 'Our connector read it from the chat platform itself.',
    tone: 'text-ok',
    fill: 3,
  },
  delivered: {
    name: 'delivered, signed',
    means:
      'It came in a request that the chat platform signed. That proves the sender to us, not to a third party.',
    tone: 'text-low',
    fill: 2,
  },
  reported: {
    name: 'reported',
    means: 'An assistant or another system told us. We have not seen the message itself.',
    tone: 'text-medium',
    fill: 1,
  },
  typed: {
    name: 'typed by a person',
    means:
      'Somebody pasted it. Nothing proves where it came from; an analyst has to vouch for it before anything acts on it.',
    tone: 'text-medium',
    fill: 0,
  },
}

export const trustMeans = (trust: Trust) => LEVEL[trust].means

/** How far we can prove where something came from. */
export function TrustMark({ trust, named = true }: { trust: Trust; named?: boolean }) {
  const { name, means, tone, fill } = LEVEL[trust]
  return (
    <Tip text={means}>
      <span className={cx('inline-flex items-center gap-1.5 whitespace-nowrap', tone)}>
        <svg viewBox="0 0 14 16" className="h-4 w-3.5 shrink-0" role="img" aria-label={`Trust: ${name}`}>
          <path
            d="M7 1 13 3v5c0 3.6-2.6 6-6 7-3.4-1-6-3.4-6-7V3Z"
            fill="currentColor"
            fillOpacity={fill === 3 ? 0.9 : fill === 2 ? 0.2 : 0}
            stroke="currentColor"
            strokeWidth="1.2"
            strokeDasharray={fill === 0 ? '2 1.6' : undefined}
          />
          {fill >= 2 ? (
            <path
              d="m4.2 8 2 2 3.6-4.2"
              fill="none"
              stroke={fill === 3 ? 'var(--paper)' : 'currentColor'}
              strokeWidth="1.5"
            />
          ) : null}
        </svg>
        {named ? <span aria-hidden="true">{name}</span> : null}
      </span>
    </Tip>
  )
}
