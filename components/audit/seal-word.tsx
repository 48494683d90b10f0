import type { Seal } from '@/lib/act/view/entry'
import { cx } from '../ui/class'

const MARK: Record<Seal['status'], string> = { recorded: '○', sealed: '✓', witnessed: '✓✓' }

/** How far the record has got with an entry, in a word that is printed too. */
export function SealWord({ seal }: { seal: Seal }) {
  return (
    <span
      className={cx('whitespace-nowrap', seal.status === 'recorded' ? 'text-ink-3' : 'text-ok')}
      title={seal.index === null ? seal.hash : `leaf ${seal.index} of the log, ${seal.hash}`}
    >
      <span aria-hidden="true">{MARK[seal.status]} </span>
      {seal.status}
    </span>
  )
}
