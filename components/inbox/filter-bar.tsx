'use client'

import { type ReactNode, useRef } from 'react'
import { SEVERITIES, STAGES } from '@/lib/case/event'
import { SeverityMark } from '../case/severity'
import { useShortcut } from '../keyboard'
import { cx } from '../ui/class'
import { useTyped } from '../use-typed'
import { type Filters, toggled } from './query'

type Props = { filters: Filters; set: (changes: Record<string, string | null>) => void }

export function FilterBar({ filters, set }: Props) {
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2 py-2.5">
      <SearchBox q={filters.q} set={set} />
      <fieldset className="flex flex-wrap items-center gap-0.5">
        <legend className="sr-only">Severity</legend>
        {SEVERITIES.toReversed().map((severity) => (
          <Toggle
            key={severity}
            on={filters.severity.split(',').includes(severity)}
            onClick={() => set({ severity: toggled(filters.severity, severity) })}
          >
            <span aria-hidden="true">
              <SeverityMark severity={severity} />
            </span>
            {severity === 'informational' ? 'info' : severity}
          </Toggle>
        ))}
      </fieldset>
      {filters.view === 'closed' ? null : (
        <fieldset className="flex flex-wrap items-center gap-0.5">
          <legend className="sr-only">Stage</legend>
          {STAGES.slice(0, 5).map((stage) => (
            <Toggle
              key={stage}
              on={filters.stage.split(',').includes(stage)}
              onClick={() => set({ stage: toggled(filters.stage, stage) })}
            >
              {stage}
            </Toggle>
          ))}
          <Toggle
            on={filters.due === 'overdue'}
            onClick={() => set({ due: filters.due === 'overdue' ? null : 'overdue' })}
          >
            overdue
          </Toggle>
        </fieldset>
      )}
    </div>
  )
}

function Toggle({ on, onClick, children }: { on: boolean; onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={onClick}
      className={cx(
        'flex min-h-7 items-center gap-1.5 rounded-md border px-1.5 text-xs pointer-coarse:min-h-10 pointer-coarse:px-2',
        on ? 'border-ink bg-sheet font-semibold' : 'border-transparent text-ink-2 hover:bg-sunk',
      )}
    >
      {children}
    </button>
  )
}

/** Words go to the address when the typing rests. */
function SearchBox({ q, set }: { q: string; set: Props['set'] }) {
  const [text, setText] = useTyped(q, (typed) => set({ q: typed }))
  const box = useRef<HTMLInputElement>(null)
  useShortcut('/', 'Search these cases', () => box.current?.focus(), 'Inbox')
  return (
    <input
      ref={box}
      type="search"
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        // A browser would empty the box: whoever goes on to the list wants what was found.
        event.preventDefault()
        event.currentTarget.blur()
      }}
      placeholder="Search number, title, messages, people   /"
      aria-label="Search these cases"
      className="field max-w-88"
    />
  )
}
