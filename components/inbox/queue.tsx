'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import type { Queue, QueueStage } from '@/lib/act/view/case'
import { get } from '../api'
import { cx } from '../ui/class'
import { InFigures } from '../ui/in-figures'
import { span } from '../ui/span'
import { Bone } from '../ui/states'

const AGES = ['under a day', '1 to 3 days', '3 to 7 days', 'over a week'] as const
/** The longer a case waits, the darker its ink. */
const INKS = ['fill-rule-strong', 'fill-edge', 'fill-ink-3', 'fill-ink'] as const

/** How the queue stands: asked for once a minute, since it is a pass over all open cases. */
export function QueueHealth() {
  const { data } = useQuery({
    queryKey: ['queue'],
    queryFn: ({ signal }) => get<Queue>('/api/v1/queue', signal),
    staleTime: 60_000,
    refetchInterval: 60_000,
  })
  return (
    <section aria-label="How the queue stands" className="border-b border-rule py-2.5">
      <ul className="grid grid-cols-5 gap-x-3 sm:gap-x-6">
        {data
          ? data.stages.map((stage) => (
              <StageQueue key={stage.stage} stage={stage} most={mostIn(data)} at={data.at} />
            ))
          : Array.from({ length: 5 }, (_, index) => (
              <li key={index} className="h-12 sm:h-15" aria-hidden="true">
                <Bone className="w-16 max-w-full" />
              </li>
            ))}
      </ul>
      {data ? <Figures {...data} /> : <p className="mt-1 h-4.5 pointer-coarse:h-8.5" />}
    </section>
  )
}

const mostIn = ({ stages }: Queue) => Math.max(1, ...stages.map(({ cases }) => cases))

function StageQueue({ stage: queue, most, at }: { stage: QueueStage; most: number; at: string }) {
  const { stage, cases, overdue, oldest } = queue
  return (
    <li className="min-h-12 min-w-0 text-xs sm:min-h-15">
      <Link
        href={`/inbox?view=open&stage=${stage}`}
        className="flex flex-wrap items-baseline gap-x-1.5 hover:underline pointer-coarse:min-h-11"
      >
        <span className="numeric text-lg leading-6 font-semibold text-ink">{cases}</span>
        <span className="text-ink-2">{stage}</span>
      </Link>
      <Ages ages={queue.ages} most={most} />
      <p className="mt-1 flex flex-wrap gap-x-2 text-ink-3">
        {oldest ? (
          <span className="max-sm:hidden">oldest {span(Date.parse(at) - Date.parse(oldest))}</span>
        ) : null}
        {overdue ? (
          <Link
            href={`/inbox?view=open&stage=${stage}&due=overdue`}
            className="font-medium text-critical underline decoration-critical/40 underline-offset-2 hover:decoration-critical"
          >
            {overdue} overdue
          </Link>
        ) : null}
      </p>
    </li>
  )
}

/** A bar as long as the queue, its oldest part darkest. */
function Ages({ ages, most }: { ages: QueueStage['ages']; most: number }) {
  const wide = (cases: number) => (cases / most) * 100
  return (
    <svg viewBox="0 0 100 6" preserveAspectRatio="none" className="mt-0.5 h-1.5 w-full" aria-hidden="true">
      <rect y="5" width="100" height="1" className="fill-rule" />
      {[...ages].reverse().map((cases, index, all) => (
        <rect
          key={AGES[index]}
          x={wide(all.slice(0, index).reduce((sum, each) => sum + each, 0))}
          width={wide(cases)}
          height="6"
          className={INKS[AGES.length - 1 - index]}
        />
      ))}
    </svg>
  )
}

function Figures({ stages, at }: Queue) {
  return (
    <InFigures className="mt-1 text-xs">
      <div className="overflow-x-auto">
        <table className="mt-1 w-full max-w-3xl">
          <caption className="sr-only">Open cases by stage and by how long they have been in it</caption>
          <thead className="small-caps text-left">
            <tr>
              {['Stage', 'Open', ...AGES, 'Oldest', 'Overdue'].map((head) => (
                <th key={head} className="py-1 pr-4 whitespace-nowrap">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {stages.map(({ stage, cases, ages, oldest, overdue }) => (
              <tr key={stage} className="border-t border-rule">
                <th scope="row" className="py-1 pr-4 text-left font-medium">
                  {stage}
                </th>
                {[cases, ...ages].map((figure, index) => (
                  <td key={index} className="numeric py-1 pr-4">
                    {figure}
                  </td>
                ))}
                <td className="py-1 pr-4 whitespace-nowrap">
                  {oldest ? span(Date.parse(at) - Date.parse(oldest)) : '–'}
                </td>
                <td className={cx('numeric py-1', overdue > 0 && 'font-medium text-critical')}>{overdue}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </InFigures>
  )
}
