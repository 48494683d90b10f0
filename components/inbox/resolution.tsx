'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import {
  PERIODS,
  type Period,
  type Resolution as Read,
  type Resolved,
  type Took,
} from '@/lib/act/view/resolution'
import { get } from '../api'
import { SeverityName } from '../case/severity'
import { cx } from '../ui/class'
import { span } from '../ui/span'
import { Bone, Failed } from '../ui/states'
import { useUrlState } from '../use-url-state'
import { ResolutionFigures } from './resolution-figures'
import { lengthOf, scaleOf } from './resolution-scale'

const COLUMNS = 'sm:grid-cols-[8.5rem_4rem_minmax(0,1fr)_minmax(0,1fr)_9rem]'

/** How the closed cases went: asked for only once somebody looks, and not again within five minutes. The address says which period is open. */
export function Resolution() {
  const { params, set } = useUrlState()
  const days = PERIODS.find((each) => String(each) === params.get('days')) ?? null
  return (
    <section aria-label="How long it took" className="border-b border-rule py-2 text-xs">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <button
          type="button"
          aria-expanded={days !== null}
          onClick={() => set({ days: days === null ? String(PERIODS[0]) : null })}
          className="min-h-7 text-ink-2 underline decoration-rule-strong underline-offset-2 hover:text-ink pointer-coarse:min-h-10"
        >
          How long it took
        </button>
        {days === null ? null : <Periods days={days} choose={(each) => set({ days: String(each) })} />}
      </div>
      {days === null ? null : <Loaded days={days} />}
    </section>
  )
}

function Periods({ days, choose }: { days: Period; choose: (days: Period) => void }) {
  return (
    <>
      <fieldset className="flex items-center gap-0.5 text-ink-2">
        <legend className="sr-only">Closed in the last</legend>
        <span aria-hidden="true">closed in the last</span>
        {PERIODS.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === days}
            onClick={() => choose(each)}
            className={cx(
              'min-h-7 rounded-md border px-1.5 pointer-coarse:min-h-10 pointer-coarse:px-2.5',
              each === days
                ? 'border-ink bg-sheet font-semibold text-ink'
                : 'border-transparent hover:bg-sunk',
            )}
          >
            {each} days
          </button>
        ))}
      </fieldset>
      <span className="ml-auto text-ink-3 max-sm:hidden">
        strong: half took no longer, faint: nine in ten; drawn to a logarithmic scale
      </span>
    </>
  )
}

function Loaded({ days }: { days: Period }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['resolution', days],
    queryFn: ({ signal }) => get<Read>(`/api/v1/queue/closed?days=${days}`, signal),
    staleTime: 300_000,
    placeholderData: keepPreviousData,
  })
  if (data) return <Told told={data} />
  return error ? <Failed error={error} what="How long it took" retry={() => void refetch()} /> : <Bones />
}

function Told({ told }: { told: Read }) {
  if (!told.all) return <p className="py-2 text-ink-2">No case was closed in these {told.days} days.</p>
  const rows = [...told.severities, { ...told.all, severity: 'all' as const }]
  const scale = scaleOf(told.all, told.severities)
  return (
    <>
      <div aria-hidden="true" className={cx('small-caps mt-1 hidden gap-x-4 sm:grid', COLUMNS)}>
        {['Severity', 'Closed', 'Until confirmed', 'Until closed', 'In time'].map((head) => (
          <span key={head}>{head}</span>
        ))}
      </div>
      <ul>
        {rows.map((row) => (
          <Row key={row.severity} row={row} scale={scale} />
        ))}
      </ul>
      <ResolutionFigures told={told} />
    </>
  )
}

type Line = Omit<Resolved, 'severity'> & { severity: Resolved['severity'] | 'all' }

function Row({ row, scale }: { row: Line; scale: number }) {
  const { severity, cases, confirmed, closed, due, in_time } = row
  return (
    <li
      className={cx('grid grid-cols-2 gap-x-4 sm:items-center gap-y-0.5 border-t border-rule py-1', COLUMNS)}
    >
      {severity === 'all' ? <b className="font-semibold">all</b> : <SeverityName severity={severity} />}
      <span className="numeric max-sm:text-right">
        {cases}
        <span className="font-sans text-ink-3 sm:hidden"> closed</span>
      </span>
      <Length what="until confirmed" took={confirmed} scale={scale} />
      <Length what="until closed" took={closed} scale={scale} />
      <span className="text-ink-2 max-sm:col-span-2">
        {due ? (
          <>
            <span className="font-medium text-ink">{Math.round((in_time / due) * 100)} %</span>
            <span className="sm:sr-only"> in time</span>
            <span className="text-ink-3">
              {' '}
              ({in_time} of {due})
            </span>
          </>
        ) : (
          <span className="text-ink-3">none had a due time</span>
        )}
      </span>
    </li>
  )
}

/** A bar on a scale of orders of magnitude, from a minute on: minutes and weeks stand in one picture. */
function Length({ what, took, scale }: { what: string; took: Took | null; scale: number }) {
  if (!took) return <span className="text-ink-3">none was confirmed</span>
  const [half, most] = [took.median_s, took.p90_s].map((seconds) => lengthOf(seconds, scale))
  return (
    <span className="min-w-0">
      <span className="flex flex-wrap gap-x-1.5">
        <span className="text-ink-2 max-sm:basis-full sm:sr-only">{what}</span>
        <span className="sr-only">, median</span>
        <span className="font-medium whitespace-nowrap">{span(took.median_s * 1_000)}</span>
        <span className="whitespace-nowrap text-ink-3">90 %: {span(took.p90_s * 1_000)}</span>
      </span>
      <svg viewBox="0 0 100 6" preserveAspectRatio="none" className="h-1.5 w-full" aria-hidden="true">
        <rect y="5" width="100" height="1" className="fill-rule" />
        <rect width={most} height="6" className="fill-rule-strong" />
        <rect width={half} height="6" className="fill-ink-2" />
      </svg>
    </span>
  )
}

function Bones() {
  return (
    <ul aria-hidden="true" className="py-1">
      {Array.from({ length: 4 }, (_, index) => (
        <li key={index} className="h-8 border-t border-rule pt-1.5">
          <Bone className="w-40 max-w-full" />
        </li>
      ))}
    </ul>
  )
}
