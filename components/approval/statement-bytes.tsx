import type { StatementView } from '@/lib/act/view'
import { size } from '../ui/span'

/** The exact bytes that an approval binds to, for whoever wants to compare them. */
export function StatementBytes({ view }: { view: StatementView }) {
  return (
    <details className="mt-4 mb-8 text-ink-2">
      <summary className="min-h-6 w-fit rounded-sm hover:text-ink">
        What you sign to approve: {size(new TextEncoder().encode(view.statement).length)}, byte for byte
      </summary>
      <pre className="numeric mt-2 overflow-x-auto border border-rule bg-sunk p-3 break-all whitespace-pre-wrap">
        {view.statement}
      </pre>
      <p className="numeric mt-1 break-all">SHA-256 {view.digest}</p>
      <p className="numeric break-all">action {view.action.action_digest}</p>
    </details>
  )
}
