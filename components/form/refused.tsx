'use client'

import { commandWords } from '@/lib/telling/sentence'
import type { Told } from '../api'
import { here, signInFor } from '../session'

/** A refusal in place: what happened, and what would change it. */
export function Refused({ refusal }: { refusal: Told }) {
  return (
    <div
      role="alert"
      className="rounded-md border border-l-4 border-rule-strong border-l-critical bg-sheet px-3 py-2"
    >
      <p className="font-medium">{refusal.sentence}</p>
      <p className="text-ink-2">{refusal.remedy}</p>
      {refusal.missing?.length ? (
        <ul className="mt-1 list-disc pl-5">
          {refusal.missing.map((item) => (
            <li key={item.name + item.sentence}>
              {item.sentence} <span className="text-ink-3">({commandWords(item.command)})</span>
            </li>
          ))}
        </ul>
      ) : null}
      {refusal.rules?.length ? <p className="numeric mt-1 text-ink-3">{refusal.rules.join(', ')}</p> : null}
      {refusal.code === 'assurance_required' || refusal.signedOut ? (
        <p className="mt-1.5">
          <a className="link font-medium" href={signInFor(here(), !refusal.signedOut)}>
            Sign in again and come back
          </a>{' '}
          <span className="text-ink-3">Nothing you typed is lost.</span>
        </p>
      ) : null}
      {refusal.version !== undefined ? (
        <p className="mt-1 text-ink-2">
          What you typed is kept, and the case behind this is up to date now. Send it again if it still holds.
        </p>
      ) : null}
    </div>
  )
}
