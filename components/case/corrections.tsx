'use client'

import { useMemo } from 'react'
import type { Entry } from '@/lib/act/view/entry'
import { correctedBy, correctionsIn } from '@/lib/telling/corrections'
import { Button } from '../ui/button'
import { When } from '../ui/when'
import { useCaseDesk, whyNot } from './desk'
import { Said } from './said'

/** Opens the dialog in which this entry is corrected. */
export function CorrectButton({ seq }: { seq: number }) {
  const { file, open } = useCaseDesk()
  return (
    <Button
      look="quiet"
      why={whyNot(file.offers, 'correctEntry')}
      aria-label={`Correct entry ${seq}`}
      onClick={() => open('correctEntry', String(seq))}
    >
      Correct …
    </Button>
  )
}

/** Said plainly at the entry: that it was corrected, by whom, when, and to what; the newest first. */
export function Corrections({ of, by }: { of: number; by: readonly Entry[] }) {
  return (
    <ul aria-label={`Corrections of entry ${of}`} className="my-0.5 grid gap-1 border-l-2 border-medium pl-2">
      {by.map((entry) => (
        <li key={entry.seq}>
          <p className="text-ink-2">
            <span className="font-medium text-medium">Corrected</span> by{' '}
            <b className="font-medium text-ink">{entry.who.name}</b>, <When at={entry.at} />.{' '}
            <a href={`#event-${entry.seq}`} className="link text-xs">
              entry {entry.seq}
            </a>
            {correctedBy(entry) === of ? null : ` (corrects entry ${correctedBy(entry)})`}
          </p>
          <Said text={textOf(entry)} />
        </li>
      ))}
    </ul>
  )
}

/** The same, where the entry's words stand elsewhere on the case's page. */
export function CorrectionsOf({ seq }: { seq: number }) {
  const { timeline } = useCaseDesk().file
  const by = useMemo(() => correctionsIn(timeline), [timeline]).get(seq)
  return by ? <Corrections of={seq} by={by} /> : null
}

function textOf({ erased, data }: Entry): string {
  return erased ? 'What it said was erased.' : String(data.text ?? '')
}
