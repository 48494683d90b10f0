'use client'

import Link from 'next/link'
import type { CaseRow } from '@/lib/act/view/case'
import { SeverityMark } from '../case/severity'
import { StageMark } from '../case/stage'
import { Who } from '../case/who'
import { cx } from '../ui/class'
import { Ledger, Line, wholeLine } from '../ui/ledger'
import { useNow } from '../ui/now'
import { span } from '../ui/span'
import { Bone, Loading } from '../ui/states'
import { Due } from '../ui/when'

const COLUMNS = 'md:grid-cols-[1.5rem_3.25rem_minmax(0,1fr)_8rem_4.5rem_9.5rem_6.5rem]'
/** With room for the box that selects a line; the margin's line stays before the finding. */
const SELECTING = 'md:grid-cols-[3rem_3.25rem_minmax(0,1fr)_8rem_4.5rem_9.5rem_6.5rem]'

/** Cases as ledger lines. */
type Selecting = { selected: ReadonlySet<string>; toggle: (id: string) => void }
type Props = { rows: readonly CaseRow[]; faded?: boolean; selecting?: Selecting }

export function CaseTable({ rows, faded, selecting }: Props) {
  return (
    <Ledger
      label="Cases"
      heads={['Severity', 'No.', 'Finding', 'Stage', 'For', 'With', 'Due']}
      columns={selecting ? SELECTING : COLUMNS}
      className={cx(
        'md:bg-[linear-gradient(90deg,var(--margin-line)_1px,transparent_1px_2px,var(--margin-line)_2px_3px,transparent_3px)] md:bg-[length:3px_100%] md:bg-no-repeat',
        selecting ? 'md:bg-[position:7.65rem_0]' : 'md:bg-[position:6.15rem_0]',
        faded && 'opacity-60',
      )}
    >
      {rows.map((row) => (
        <Row key={row.id} row={row} selecting={selecting} />
      ))}
    </Ledger>
  )
}

function Row({ row, selecting }: { row: CaseRow; selecting: Selecting | undefined }) {
  const now = useNow()
  return (
    <Line
      columns={selecting ? SELECTING : COLUMNS}
      className="grid-cols-[1.5rem_1fr_auto] items-center py-2 md:min-h-8.5 md:py-1"
    >
      <td className="flex items-center gap-2 max-md:flex-col">
        {selecting ? (
          <input
            type="checkbox"
            checked={selecting.selected.has(row.id)}
            onChange={() => selecting.toggle(row.id)}
            aria-label={`Select case ${row.number}`}
            data-select
            className="relative z-10 size-3.5 accent-accent max-md:not-checked:hidden"
          />
        ) : null}
        <SeverityMark severity={row.severity} />
      </td>
      <td className="numeric text-ink-3 max-md:hidden">{row.number}</td>
      <td className="min-w-0 max-md:col-span-2 md:flex md:items-baseline md:gap-2">
        <Link data-step href={`/cases/${row.id}`} className={cx(wholeLine, 'font-medium md:truncate')}>
          {row.title}
        </Link>
        {row.exposed && row.stage !== 'closed' ? (
          <span className="text-xs font-semibold whitespace-nowrap text-critical max-md:ml-2">exposed</span>
        ) : null}
        {row.escalated ? (
          <span className="text-xs font-semibold whitespace-nowrap text-high max-md:ml-2">escalated</span>
        ) : null}
      </td>
      <td className="text-xs max-md:col-start-2">
        <StageMark stage={row.stage} disposition={row.disposition} />
        <span className="text-ink-3 md:hidden"> · {span(now - Date.parse(row.stage_at))}</span>
      </td>
      <td className="text-xs text-ink-3 max-md:hidden">{span(now - Date.parse(row.stage_at))}</td>
      <td className="min-w-0 text-xs text-ink-2 max-md:hidden">
        {row.assignee ? (
          <Who who={row.assignee} className={cx('max-w-full', !row.accepted && 'italic')} />
        ) : (
          <span className="text-ink-3">nobody</span>
        )}
        {row.assignee && !row.accepted ? <span className="sr-only"> (has not accepted yet)</span> : null}
      </td>
      <td className="text-right text-xs">
        {row.stage === 'closed' ? <span className="text-ink-3">closed</span> : <Due at={row.due} />}
      </td>
    </Line>
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

/** Selects the line that the focus is on, or lets it go. */
export function select(list: HTMLElement | null) {
  const line = list?.contains(document.activeElement) ? document.activeElement?.closest('tr') : null
  line?.querySelector<HTMLInputElement>('input[data-select]')?.click()
}

export function CaseTableBones({ count = 12 }: { count?: number }) {
  return (
    <Loading what="cases">
      <div className="border-t border-rule pt-[1.5625rem] max-md:pt-0">
        {Array.from({ length: count }, (_, index) => (
          <div
            key={index}
            className="flex h-[2.125rem] items-center gap-3 border-b border-rule px-1.5 max-md:h-15"
          >
            <Bone className="w-4" />
            <Bone className="hidden w-9 md:inline-block" />
            <Bone className={['w-96', 'w-72', 'w-80'][index % 3]} />
          </div>
        ))}
      </div>
    </Loading>
  )
}
