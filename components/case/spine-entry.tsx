'use client'

import { memo, type ReactNode, useState } from 'react'
import type { Entry } from '@/lib/act/view/entry'
import { sentence } from '@/lib/telling/sentence'
import type { NameOf } from '@/lib/telling/words'
import { cx } from '../ui/class'
import { When } from '../ui/when'
import { Corrections } from './corrections'
import { ErasedNote } from './erasures'
import { Quote } from './quote'
import { Seal } from './seal'
import { WhoGlyph } from './who'

const VIA: Record<string, string> = {
  web: 'on the desk',
  slack: 'in Slack',
  teams: 'in Teams',
  mcp: 'through an assistant',
  api: 'over the API',
  job: 'by itself',
}
/** What the sample's set-up did in somebody's name says so: nobody had signed in. */
const SAMPLE = 'sample'

export const SpineEntry = memo(function SpineEntry({
  entry,
  name,
  fresh,
  corrections,
  tools,
}: {
  entry: Entry
  name: NameOf
  fresh: boolean
  /** What corrects this entry, the newest first. */
  corrections?: readonly Entry[] | undefined
  /** What the reader may do about this entry; left out where nothing is offered. */
  tools?: (entry: Entry) => ReactNode
}) {
  const said = sentence(entry, name)
  const [open, setOpen] = useState(false)
  const permitted = entry.policy.decision === 'allow'
  return (
    <li
      id={`event-${entry.seq}`}
      className={cx('relative grid scroll-mt-32 grid-cols-[1.375rem_1fr] gap-x-2.5 pb-3', fresh && 'arrived')}
    >
      <span className="relative self-start bg-paper py-0.5">
        <WhoGlyph who={entry.who} />
      </span>
      <div className="min-w-0">
        <p>
          <b className="font-semibold">{entry.who.name}</b>{' '}
          <span className={cx(said.tone === 'no' && 'text-critical')}>{said.text}</span>
          {said.action ? (
            <a href={`#action-${said.action}`} className="link ml-1.5 text-xs">
              action
            </a>
          ) : null}
          {said.evidence ? (
            <a href={`#evidence-${said.evidence}`} className="link ml-1.5 text-xs">
              evidence
            </a>
          ) : null}
          {said.entry === undefined ? null : (
            <a href={`#event-${said.entry}`} className="link ml-1.5 text-xs">
              what it corrects
            </a>
          )}
        </p>
        {entry.erasure ? <ErasedNote erasure={entry.erasure} /> : null}
        {said.quote ? <Quote text={said.quote} /> : null}
        {corrections ? <Corrections of={entry.seq} by={corrections} /> : null}
        <div className="flex items-center gap-x-2 text-xs text-ink-3">
          <a
            href={`#event-${entry.seq}`}
            className="numeric min-w-[2ch] hover:text-ink"
            aria-label={`Link to entry ${entry.seq}`}
          >
            {entry.seq}
          </a>
          <When at={entry.at} />
          <span className="whitespace-nowrap">
            {entry.acr === SAMPLE ? 'in the sample' : (VIA[entry.via] ?? entry.via)}
          </span>
          {entry.erased ? null : (
            <button
              type="button"
              aria-expanded={open}
              onClick={() => setOpen(!open)}
              title={`${permitted ? 'Permitted' : 'Forbidden'} by ${entry.policy.rule}`}
              className="min-h-6 min-w-0 truncate rounded-sm hover:text-ink"
            >
              <span aria-hidden="true">{permitted ? '⊢ ' : '⊬ '}</span>
              <span className="sr-only">{permitted ? 'permitted by ' : 'forbidden by '}</span>
              {entry.policy.rule}
            </button>
          )}
          <span className="ml-auto">
            <Seal seal={entry.seal} />
          </span>
        </div>
        {open ? <Envelope entry={entry} /> : null}
        {open && tools ? <div className="mt-1 flex gap-2">{tools(entry)}</div> : null}
      </div>
    </li>
  )
})

/** Under which policy decision it was allowed, or refused, and everything else that the envelope says. */
function Envelope({ entry }: { entry: Entry }) {
  const { policy } = entry
  return (
    <dl className="numeric mt-1 grid grid-cols-[max-content_1fr] gap-x-3 border-l-2 border-rule pl-2 break-all text-ink-2">
      <dt>event</dt>
      <dd>{entry.type}</dd>
      <dt>{policy.decision}</dt>
      <dd>{policy.rule}</dd>
      <dt>decision</dt>
      <dd>{policy.decision_id}</dd>
      <dt>policy set</dt>
      <dd>{policy.bundle}</dd>
      <dt>signed in</dt>
      <dd>{entry.acr}</dd>
      {entry.correlation ? (
        <>
          <dt>thread</dt>
          <dd>{entry.correlation}</dd>
        </>
      ) : null}
      <dt>hash</dt>
      <dd>{entry.seal.hash}</dd>
    </dl>
  )
}
