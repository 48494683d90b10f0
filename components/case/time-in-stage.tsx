'use client'

import { cx } from '../ui/class'
import { InFigures } from '../ui/in-figures'
import { useNow } from '../ui/now'
import { span } from '../ui/span'
import { When } from '../ui/when'
import { useCaseDesk } from './desk'
import { Section } from './section'
import { type Stay, staysOf } from './stays'

/** Where the time went: a strip as long as the case's life, and the figures behind it. */
export function TimeInStage() {
  const { file } = useCaseDesk()
  const stays = staysOf(file.timeline, useNow())
  const whole = stays.reduce((sum, { ms }) => sum + ms, 0)
  if (!whole) return null
  return (
    <Section
      id="time"
      title="Time in each stage"
      aside={<span className="text-ink-2">{span(whole)} in all</span>}
    >
      <ol aria-hidden="true" className="flex h-9 gap-px">
        {stays.map((stay) => (
          <li
            key={stay.seq}
            style={{ flexGrow: stay.ms / whole }}
            title={`${stay.stage}: ${span(stay.ms)}`}
            className={cx(
              'min-w-1 basis-0 overflow-hidden border-t-4 pt-0.5 text-xs text-ink-2',
              stay.until === null ? 'border-accent' : 'border-edge',
            )}
          >
            <span className="whitespace-nowrap">{stay.ms / whole > 0.12 ? stay.stage : ''}</span>
          </li>
        ))}
      </ol>
      <InFigures className="text-xs">
        <Figures stays={stays} />
      </InFigures>
    </Section>
  )
}

function Figures({ stays }: { stays: readonly Stay[] }) {
  return (
    <table className="mt-1 w-full max-w-xl">
      <caption className="sr-only">How long the case was in each stage, in order</caption>
      <thead className="small-caps text-left">
        <tr>
          {['Stage', 'For', 'From', 'Until'].map((head) => (
            <th key={head} className="py-1 pr-4">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {stays.map(({ seq, stage, ms, from, until }) => (
          <tr key={seq} className="border-t border-rule">
            <th scope="row" className="py-1 pr-4 text-left font-medium">
              {stage}
            </th>
            <td className="py-1 pr-4 whitespace-nowrap">{span(ms)}</td>
            <td className="py-1 pr-4">
              <When at={from} />
            </td>
            <td className="py-1">{until ? <When at={until} /> : 'now'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
