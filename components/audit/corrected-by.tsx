import Link from 'next/link'
import type { MarkedEntry } from '@/lib/act/view/entry'

type Props = { entry: Pick<MarkedEntry, 'corrected_by'>; caseId: string; className?: string }

/** That an entry was corrected afterwards, and where it is said what is right; the newest first. */
export function CorrectedBy({ entry: { corrected_by: by }, caseId, className }: Props) {
  if (!by.length) return null
  return (
    <span className={className}>
      <span className="font-medium text-medium">corrected</span>{' '}
      {by.map((seq, index) => (
        <span key={seq}>
          {index ? ', ' : ''}
          <Link
            href={`/cases/${caseId}#event-${seq}`}
            className="link numeric"
            aria-label={`corrected by entry ${seq}`}
          >
            #{seq}
          </Link>
        </span>
      ))}
    </span>
  )
}
