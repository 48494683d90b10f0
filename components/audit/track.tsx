'use client'

import type { Replay, Stop } from '@/lib/audit/view'
import { Button } from '../ui/button'
import { cx } from '../ui/class'
import { When } from '../ui/when'

type Props = { replay: Replay; place: number; go: (place: number) => void }

/** The case's length: its stages as bands, its entries as marks, and the slider over them. */
export function Track({ replay: { stops, actors }, place, go }: Props) {
  const stop = stops[place]
  if (!stop) return null
  const who = actors.find(({ id }) => id === stop.actor)?.name ?? stop.actor
  const says = `Entry ${stop.seq} of ${stops.length - 1}: ${stop.type}, ${who}`
  return (
    <section
      aria-label="Position"
      className="sticky top-11 z-10 -mx-4 mt-3 border-y border-rule-strong bg-sheet px-4 pt-2 pb-2.5 sm:-mx-6 sm:px-6"
    >
      <div className="relative">
        <Bands stops={stops} />
        <Marks stops={stops} place={place} />
        <input
          type="range"
          aria-label="Entry of the record"
          aria-valuetext={says}
          min={0}
          max={stops.length - 1}
          value={place}
          onChange={(event) => go(Number(event.target.value))}
          className="track absolute inset-0 m-0 h-full w-full cursor-ew-resize opacity-100"
        />
      </div>
      <div className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="flex gap-1">
          <Step label="The first entry" sign="⇤" to={0} place={place} last={stops.length - 1} go={go} />
          <Step
            label="The entry before"
            sign="←"
            to={place - 1}
            place={place}
            last={stops.length - 1}
            go={go}
          />
          <Step
            label="The next entry"
            sign="→"
            to={place + 1}
            place={place}
            last={stops.length - 1}
            go={go}
          />
          <Step
            label="The last entry"
            sign="⇥"
            to={stops.length - 1}
            place={place}
            last={stops.length - 1}
            go={go}
          />
        </span>
        <p aria-live="polite" className="min-w-0">
          <b className="numeric font-semibold">
            {place + 1} of {stops.length}
          </b>
          <span className="mx-2 text-ink-3">·</span>
          <When at={stop.at} />
          <span className="mx-2 text-ink-3">·</span>
          <span className="numeric text-ink-2">{stop.type}</span>
        </p>
        <p className="ml-auto text-xs text-ink-3 max-md:hidden">← → Home End</p>
      </div>
    </section>
  )
}

type StepProps = { label: string; sign: string; to: number; place: number; last: number; go: Props['go'] }

function Step({ label, sign, to, place, last, go }: StepProps) {
  const there = to < 0 || to > last || to === place
  return (
    <Button
      aria-label={label}
      look="plain"
      className={cx('min-w-9', there && 'text-ink-3')}
      onClick={() => go(to)}
    >
      <span aria-hidden="true">{sign}</span>
    </Button>
  )
}

/** Stretches of one stage, as long as they have entries. */
function Bands({ stops }: { stops: readonly Stop[] }) {
  const bands: { stage: string; from: number; count: number }[] = []
  stops.forEach(({ stage }, index) => {
    const last = bands.at(-1)
    if (last?.stage === stage) last.count += 1
    else bands.push({ stage, from: index, count: 1 })
  })
  return (
    <div aria-hidden="true" className="flex h-5 text-xs text-ink-2">
      {bands.map(({ stage, from, count }) => (
        <span
          key={from}
          style={{ flexGrow: count, flexBasis: 0 }}
          className="min-w-0 overflow-hidden border-l border-rule-strong pl-1 text-ellipsis whitespace-nowrap first:border-l-0 first:pl-0"
        >
          {stage}
        </span>
      ))}
    </div>
  )
}

const WEIGHTY = /^(?:approval|warrant|action\.executed|verification|case\.(?:state|closed|confirmed))/

/** More entries than can be told apart are drawn as few as can. */
const MOST_MARKS = 400

function Marks({ stops, place }: { stops: readonly Stop[]; place: number }) {
  const every = Math.max(1, Math.ceil(stops.length / MOST_MARKS))
  const at = (index: number) => `${((index + 0.5) / stops.length) * 100}%`
  return (
    <svg aria-hidden="true" className="h-8 w-full overflow-visible">
      <line x1="0" x2="100%" y1="20" y2="20" stroke="var(--rule-strong)" />
      {stops.map((stop, index) =>
        stop.refused || index % every === 0 ? (
          <line
            key={stop.seq}
            x1={at(index)}
            x2={at(index)}
            y1={WEIGHTY.test(stop.type) ? 10 : 15}
            y2={WEIGHTY.test(stop.type) ? 30 : 25}
            stroke={stop.refused ? 'var(--critical)' : stop.erased ? 'var(--rule-strong)' : 'var(--edge)'}
            strokeWidth={stop.refused ? 2 : 1.3}
            strokeDasharray={stop.erased ? '2 2' : undefined}
          />
        ) : null,
      )}
      <line x1={at(place)} x2={at(place)} y1="0" y2="32" stroke="var(--accent)" strokeWidth="2.5" />
      <circle cx={at(place)} cy="20" r="6.5" fill="var(--accent)" stroke="var(--sheet)" strokeWidth="2" />
    </svg>
  )
}
