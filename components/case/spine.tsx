'use client'

import { type ReactNode, useMemo, useState } from 'react'
import type { Entry } from '@/lib/act/view/entry'
import { correctionsIn } from '@/lib/telling/corrections'
import { useNames } from '../names'
import { SpineEntry } from './spine-entry'

/** The record itself: who, what, through which door, under which rule, and its seal. */
export function Spine({
  entries,
  since,
  tools,
}: {
  entries: readonly Entry[] /** The version that the reader saw first: entries are counted from 0, so this one and later ones are new. */
  since?: number
  /** What the reader may do about an entry. */
  tools?: (entry: Entry) => ReactNode
}) {
  const [newest, setNewest] = useState(true)
  const name = useNames()
  const ordered = newest ? entries.toReversed() : entries
  const corrections = useMemo(() => correctionsIn(entries), [entries])
  return (
    <div>
      <div className="mb-2 flex items-end justify-between border-b border-rule-strong pb-1">
        <h2 id="record-title" className="text-base font-semibold">
          The record <span className="numeric font-normal text-ink-3">{entries.length}</span>
        </h2>
        <button
          type="button"
          onClick={() => setNewest(!newest)}
          className="min-h-6 text-xs text-ink-2 underline underline-offset-2 hover:text-ink"
        >
          {newest ? 'newest first' : 'oldest first'}
        </button>
      </div>
      <ol
        aria-labelledby="record-title"
        className="relative before:absolute before:inset-y-1 before:left-[0.59rem] before:w-[3px] before:border-x before:border-margin-line"
      >
        {ordered.map((entry) => (
          <SpineEntry
            key={entry.seq}
            entry={entry}
            name={name}
            fresh={since !== undefined && entry.seq >= since}
            corrections={corrections.get(entry.seq)}
            {...(tools ? { tools } : {})}
          />
        ))}
      </ol>
    </div>
  )
}
