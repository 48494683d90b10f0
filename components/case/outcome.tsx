import type { ReactNode } from 'react'
import type { ActionView } from '@/lib/act/view/action'
import { words } from '@/lib/telling/words'
import { cx } from '../ui/class'
import { When } from '../ui/when'
import { Said } from './said'
import { Who } from './who'

/** Warrant, receipt, probe, verdict: what has become of it, in order. */
export function Outcome({ action }: { action: ActionView }) {
  const { warrant, result, probe, verification, probing } = action
  if (!warrant && !result && !probe && !probing && !verification) return null
  return (
    <dl className="mt-3 grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1">
      {warrant ? (
        <Line name="Warrant">
          {warrant.redeemed_at ? (
            <>
              redeemed once, <When at={warrant.redeemed_at} />
            </>
          ) : (
            <>
              issued <When at={warrant.issued_at} />, good until <When at={warrant.expires_at} />
            </>
          )}
        </Line>
      ) : null}
      {result ? (
        <Line name="Receipt">
          <b className={cx('font-semibold', result.outcome === 'succeeded' ? 'text-ok' : 'text-critical')}>
            {result.outcome}
          </b>
          , <When at={result.finished_at} />. <Said inline text={result.summary} />{' '}
          <Hash sha256={result.result_sha256} />
        </Line>
      ) : null}
      {probing ? <Line name="Probe">under way</Line> : null}
      {probe ? (
        <Line name="Probe">
          <b className={cx('font-semibold', probe.outcome === 'effective' ? 'text-ok' : 'text-critical')}>
            {words(probe.outcome)}
          </b>
          , <When at={probe.at} />. <Said inline text={probe.summary} /> <Hash sha256={probe.result_sha256} />
        </Line>
      ) : null}
      {verification ? (
        <Line name="Verdict">
          <b className={cx('font-semibold', verification.outcome === 'passed' ? 'text-ok' : 'text-critical')}>
            {verification.outcome === 'passed' ? 'It worked' : 'It did not work'}
          </b>
          , says <Who who={verification.verifier} />, <When at={verification.at} />.{' '}
          {verification.note ? <Said inline text={verification.note} /> : null}
        </Line>
      ) : null}
    </dl>
  )
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="small-caps pt-0.5">{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Hash({ sha256 }: { sha256: string }) {
  return (
    <a href={`#evidence-${sha256}`} className="link numeric">
      {sha256.slice(0, 8)}
    </a>
  )
}
