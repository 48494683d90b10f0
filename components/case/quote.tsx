'use client'

import { useState } from 'react'
import { cx } from '../ui/class'
import { Said } from './said'

/** Longer than this is shown in part at first: characters, lines. */
const LONG = { characters: 480, lines: 6 }

/** What was said in an entry of the record. A long one can be opened by whatever one works with, and is whole on paper. */
export function Quote({ text }: { text: string }) {
  const [whole, setWhole] = useState(false)
  const long = text.length > LONG.characters || text.split('\n').length > LONG.lines
  return (
    <>
      <Said
        text={text}
        className={cx(
          'border-l-2 border-rule-strong pl-2 text-ink-2',
          long && !whole && 'line-clamp-6 print:line-clamp-none',
        )}
      />
      {long ? (
        <button
          type="button"
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
          className="min-h-6 text-xs text-ink-2 underline underline-offset-2 hover:text-ink pointer-coarse:min-h-11 print:hidden"
        >
          {whole ? 'Less of it' : 'All of it'}
        </button>
      ) : null}
    </>
  )
}
