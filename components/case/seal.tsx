import type { Seal as SealOf } from '@/lib/act/view/entry'
import { cx } from '../ui/class'
import { Tip } from '../ui/tip'

const MEANS: Record<SealOf['status'], string> = {
  recorded: 'On record, not yet in the log. It is sealed within seconds.',
  sealed: 'Sealed: part of the organisation’s log, under a signed checkpoint.',
  witnessed:
    'Witnessed: an independent witness has signed a checkpoint that contains it. Nobody can take it back unseen.',
}

/** An event's seal: the start of its hash, and one tick when sealed, two when witnessed. */
export function Seal({ seal }: { seal: SealOf }) {
  return (
    <Tip
      text={
        <>
          {MEANS[seal.status]}
          <span className="numeric mt-1 block break-all text-ink-2">{seal.hash}</span>
          {seal.index === null ? null : <span className="numeric block text-ink-2">leaf {seal.index}</span>}
        </>
      }
    >
      <button
        type="button"
        aria-label={`${seal.status}, hash ${seal.hash.slice(0, 8)}. ${MEANS[seal.status]}`}
        onClick={() => void navigator.clipboard?.writeText(seal.hash)}
        className={cx(
          'numeric inline-flex min-h-6 items-center gap-1 rounded-sm px-0.5 hover:text-ink',
          seal.status === 'recorded' ? 'text-ink-3' : 'text-ink-2',
        )}
      >
        {seal.hash.slice(0, 8)}
        <Ticks status={seal.status} />
      </button>
    </Tip>
  )
}

function Ticks({ status }: { status: SealOf['status'] }) {
  return (
    <svg
      viewBox="0 0 20 12"
      className="h-3 w-5"
      aria-hidden="true"
      fill="none"
      stroke={status === 'recorded' ? 'currentColor' : 'var(--ok)'}
      strokeWidth="1.6"
    >
      {status === 'recorded' ? (
        <circle cx="7" cy="6" r="3.4" strokeDasharray="2 1.6" strokeWidth="1.2" />
      ) : (
        <path d="m2 6.5 3.4 3.4L12 2" />
      )}
      {status === 'witnessed' ? <path d="m9.5 8.5 1.6 1.4L18 2" /> : null}
    </svg>
  )
}
