'use client'

import Link from 'next/link'
import type { CaseRow } from '@/lib/act/view'
import { SeverityMark } from '../case/severity'
import { StageMark } from '../case/stage'
import { Who } from '../case/who'
import { cx } from '../ui/class'
import { useNow } from '../ui/now'
import { span } from '../ui/span'
import { Bone, Loading } from '../ui/states'
import { Due } from '../ui/when'

const COLUMNS = 'md:grid-cols-[1.5rem_3.25rem_minmax(0,1fr)_8rem_4.5rem_9.5rem_6.5rem]'

/** Cases as ledger lines: rows off screen cost the browser nothing (content-visibility). */
export function CaseTable({ rows, faded }: { rows: readonly CaseRow[]; faded?: boolean }) {
  return (
    <div role="table" aria-label="Cases" className={cx('border-t border-rule md:bg-[linear-gradient(90deg,var(--margin-line)_1px,transparent_1px_2px,var(--margin-line)_2px_3px,transparent_3px)] md:bg-[length:3px_100%] md:bg-[position:6.15rem_0] md:bg-no-repeat', faded && 'opacity-60')}>
      <Heads />
      <div role="rowgroup">
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </div>
    </div>
  )
}

function Heads() {
  return (
    <div role="rowgroup">
      <div role="row" className={cx('small-caps hidden gap-3 border-b border-rule-strong px-1.5 py-1 md:grid', COLUMNS)}>
        <span role="columnheader">
          <span className="sr-only">Severity</span>
        </span>
        <span role="columnheader">No.</span>
        <span role="columnheader">Finding</span>
        <span role="columnheader">Stage</span>
        <span role="columnheader">For</span>
        <span role="columnheader">With</span>
        <span role="columnheader" className="text-right">
          Due
        </span>
      </div>
    </div>
  )
}

function Row({ row }: { row: CaseRow }) {
  const now = useNow()
  return (
    <div
      role="row"
      className={cx(
        'relative grid grid-cols-[1.5rem_1fr_auto] items-center gap-x-3 border-b border-rule px-1.5 py-2 [contain-intrinsic-size:auto_2.125rem] [content-visibility:auto] focus-within:bg-accent-wash hover:bg-sheet md:min-h-8.5 md:py-1',
        COLUMNS,
      )}
    >
      <span role="cell">
        <SeverityMark severity={row.severity} />
      </span>
      <span role="cell" className="numeric text-ink-3 max-md:hidden">
        {row.number}
      </span>
      <span role="cell" className="min-w-0 max-md:col-span-2 md:flex md:items-baseline md:gap-2">
        <Link data-step href={`/cases/${row.id}`} className="font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent md:truncate">
          {row.title}
        </Link>
        {row.exposed && row.stage !== 'closed' ? <span className="text-xs font-semibold whitespace-nowrap text-critical max-md:ml-2">exposed</span> : null}
      </span>
      <span role="cell" className="text-xs max-md:col-start-2">
        <StageMark stage={row.stage} disposition={row.disposition} />
        <span className="text-ink-3 md:hidden"> · {span(now - Date.parse(row.stage_at))}</span>
      </span>
      <span role="cell" className="text-xs text-ink-3 max-md:hidden">
        {span(now - Date.parse(row.stage_at))}
      </span>
      <span role="cell" className="min-w-0 text-xs text-ink-2 max-md:hidden">
        {row.assignee ? <Who who={row.assignee} className={cx('max-w-full', !row.accepted && 'italic')} /> : <span className="text-ink-3">nobody</span>}
        {row.assignee && !row.accepted ? <span className="sr-only"> (has not accepted yet)</span> : null}
      </span>
      <span role="cell" className="text-right text-xs">
        {row.stage === 'closed' ? <span className="text-ink-3">closed</span> : <Due at={row.due} />}
      </span>
    </div>
  )
}

/** Moves the focus to the next or previous row's link; to the first when there's none. */
export function step(list: HTMLElement | null, by: 1 | -1) {
  const links = [...(list?.querySelectorAll<HTMLElement>('a[data-step]') ?? [])]
  const at = links.indexOf(document.activeElement as HTMLElement)
  const next = links[at === -1 ? 0 : Math.min(links.length - 1, Math.max(0, at + by))]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}

export function CaseTableBones({ count = 12 }: { count?: number }) {
  return (
    <Loading what="cases">
      <div className="border-t border-rule pt-[1.5625rem] max-md:pt-0">
        {Array.from({ length: count }, (_, index) => (
          <div key={index} className="flex h-[2.125rem] items-center gap-3 border-b border-rule px-1.5 max-md:h-15">
            <Bone className="w-4" />
            <Bone className="hidden w-9 md:inline-block" />
            <Bone className={['w-96', 'w-72', 'w-80'][index % 3]} />
          </div>
        ))}
      </div>
    </Loading>
  )
}
