'use client'

import { Button } from '@/components/ui/button'

export default function Failure({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="mx-auto max-w-lg px-5 pt-24">
      <h1 className="double-ruled pb-2 text-xl font-semibold">This page has failed</h1>
      <p className="mt-4 text-base text-ink-2">
        What is on record is untouched, and what you were typing is kept in this tab. Try again; if it fails
        again, tell an administrator this number.
      </p>
      <p className="numeric mt-2 text-ink-3">{error.digest ?? error.name}</p>
      <Button look="primary" className="mt-4" onClick={reset}>
        Try again
      </Button>
    </main>
  )
}
