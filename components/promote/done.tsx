'use client'

import { ButtonLink } from '../ui/button'

export type Made = {
  case: string
  number: number
  existing: boolean
  masked?: { kind: string; label: string }[]
}

/** What has become of it: a case, or the one that has it already. */
export function Done({ made }: { made: Made }) {
  return (
    <div role="status" className="border border-rule-strong bg-sheet px-5 py-4 text-base">
      <p className="font-semibold">
        {made.existing ? `Case ${made.number} has this already.` : `It is case ${made.number} now.`}
      </p>
      <p className="mt-1 text-ink-2">
        {made.existing
          ? 'What you sent was attached to it: nobody works on the same thing twice.'
          : 'It starts in identify, and its link goes into the thread if it came from one.'}
      </p>
      {made.masked?.length ? (
        <p className="mt-2 border-l-3 border-l-critical bg-critical-wash px-3 py-1.5 text-sm">
          Masked before it was stored: {made.masked.map((one) => one.label).join(', ')}. Please delete the
          message in chat too: only the platform can do that.
        </p>
      ) : null}
      <p className="mt-3">
        <ButtonLink look="primary" href={`/cases/${made.case}`}>
          Open it
        </ButtonLink>
      </p>
    </div>
  )
}
