'use client'

import { useQuery } from '@tanstack/react-query'
import { fromUtf8, toHex, utf8 } from '@/lib/record/bytes'
import { size } from '../ui/span'

/** The exact bytes that somebody puts their name to, for whoever wants to compare them: what is shown and what is hashed is one thing. */
export function StatementBytes({ to, statement, action }: { to: string; statement: string; action: string }) {
  const bytes = utf8(statement)
  // In the browser: a passkey's challenge is this.
  const digest = useQuery({
    queryKey: ['statement-digest', statement],
    queryFn: async () => toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)))),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  }).data
  return (
    <details className="mt-4 mb-8 text-ink-2">
      <summary className="min-h-6 w-fit rounded-sm hover:text-ink">
        What you sign to {to}: {size(bytes.length)}, byte for byte
      </summary>
      <pre className="numeric mt-2 overflow-x-auto border border-rule bg-sunk p-3 break-all whitespace-pre-wrap">
        {fromUtf8(bytes)}
      </pre>
      <p className="numeric mt-1 break-all">SHA-256 {digest ?? '…'}</p>
      <p className="numeric break-all">action {action}</p>
    </details>
  )
}
