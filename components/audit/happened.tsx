'use client'

import Link from 'next/link'
import type { Judged, Moment } from '@/lib/audit/view'
import { sentence } from '@/lib/telling/sentence'
import { ErasedNote } from '../case/erasures'
import { Said } from '../case/said'
import { WhoGlyph } from '../case/who'
import { useNames } from '../names'
import { cx } from '../ui/class'
import { CorrectedBy } from './corrected-by'
import { SealWord } from './seal-word'

/** The entry itself, and its decision asked again. */
export function Happened({ moment: { entry, frame }, caseId }: { moment: Moment; caseId: string }) {
  const said = sentence(entry, useNames())
  return (
    <section aria-labelledby="happened" className="mt-5">
      <h2 id="happened" className="small-caps border-b border-rule-strong pb-1">
        What happened
      </h2>
      <div className="mt-2.5 flex gap-3">
        <span className="self-start">
          <WhoGlyph who={entry.who} large />
        </span>
        <div className="min-w-0">
          <p className="text-base">
            <b className="font-semibold">{entry.who.name}</b>{' '}
            <span className={cx(said.tone === 'no' && 'text-critical')}>{said.text}</span>
          </p>
          {said.quote ? (
            <Said text={said.quote} className="mt-1 border-l-2 border-rule-strong pl-2 text-ink-2" />
          ) : null}
          <CorrectedBy entry={entry} caseId={caseId} className="mt-1 block text-ink-2" />
          {entry.erasure ? (
            <div className="mt-1.5">
              <ErasedNote erasure={entry.erasure} at={`/cases/${caseId}`} />
            </div>
          ) : null}
          <p className="mt-1 flex flex-wrap gap-x-3 text-xs text-ink-3">
            <Link href={`/cases/${caseId}#event-${entry.seq}`} className="link">
              entry <span className="numeric">#{entry.seq}</span>
            </Link>
            {said.entry === undefined ? null : (
              <Link href={`/cases/${caseId}#event-${said.entry}`} className="link">
                what it corrects: <span className="numeric">#{said.entry}</span>
              </Link>
            )}
            <SealWord seal={entry.seal} />
            <span className="numeric">{entry.seal.hash.slice(0, 8)}</span>
          </p>
        </div>
      </div>
      <Again judged={frame.judged} />
    </section>
  )
}

const HEADS: Record<Judged['verdict'], [string, string, string]> = {
  same: ['Policy, asked again, decides the same', 'border-l-ok bg-ok-wash', 'text-ok'],
  differs: ['Policy, asked again, decides otherwise', 'border-l-critical bg-critical-wash', 'text-critical'],
  unjudged: ['Policy can’t be asked again', 'border-l-medium bg-medium-wash', 'text-medium'],
}

function Again({ judged }: { judged: Judged }) {
  const [head, wash, tone] = HEADS[judged.verdict]
  const { recorded, again } = judged
  return (
    <div className={cx('mt-3.5 border-l-3 px-3 py-2', wash)}>
      <h3 className={cx('font-semibold', tone)}>{head}</h3>
      {judged.verdict === 'same' && !judged.sentence.includes('program') ? null : (
        <p className="mt-0.5">{judged.sentence}</p>
      )}
      {recorded ? (
        <dl className="mt-1.5 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 text-xs [&_dt]:text-ink-2">
          <dt>on record</dt>
          <dd className="numeric">
            {recorded.decision} by {recorded.rules.join(', ')}
          </dd>
          {again ? (
            <>
              <dt>asked again</dt>
              <dd className="numeric">
                {again.decision} by {again.rules.join(', ')}
              </dd>
            </>
          ) : null}
          <dt>policy set</dt>
          <dd className="numeric truncate" title={recorded.bundle}>
            {recorded.bundle}
          </dd>
        </dl>
      ) : null}
    </div>
  )
}
