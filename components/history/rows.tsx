'use client'

import Link from 'next/link'
import type { HistoryRow } from '@/lib/act/view/entry'
import { sentence } from '@/lib/telling/sentence'
import type { NameOf } from '@/lib/telling/words'
import { CorrectedBy } from '../audit/corrected-by'
import { QuestionsLink, ReplayLink } from '../audit/links'
import { Said } from '../case/said'
import { Seal } from '../case/seal'
import { Who } from '../case/who'
import { useNames } from '../names'
import { cx } from '../ui/class'
import { Ledger, Line } from '../ui/ledger'
import { When } from '../ui/when'

const COLUMNS = 'md:grid-cols-[7.5rem_10rem_minmax(0,1fr)_minmax(6rem,16rem)_6.5rem]'

export function HistoryRows({ rows }: { rows: readonly HistoryRow[] }) {
  const name = useNames()
  return (
    <Ledger label="History" heads={['When', 'Who', 'What', 'On', 'Seal']} columns={COLUMNS}>
      {rows.map((row) => (
        <Row key={`${row.stream}/${row.seq}`} row={row} name={name} />
      ))}
    </Ledger>
  )
}

function Row({ row, name }: { row: HistoryRow; name: NameOf }) {
  const said = sentence(row, name)
  const place = placeOf(row)
  return (
    <Line columns={COLUMNS} className="items-baseline py-1 max-md:grid-cols-[1fr_auto] max-md:py-2">
      <td className="text-xs text-ink-2">
        <When at={row.at} />
      </td>
      <td className="min-w-0 max-md:order-first">
        <Who who={row.who} className="max-w-full font-medium" />
      </td>
      <td className={cx('min-w-0 max-md:col-span-2', said.tone === 'no' && 'text-critical')}>
        {said.text}
        {said.quote ? (
          <span className="ml-2 text-ink-3">
            <Said inline text={said.quote.length > 140 ? `${said.quote.slice(0, 139)}…` : said.quote} />
          </span>
        ) : null}
        <CorrectedBy entry={row} caseId={row.stream} className="ml-2 text-xs whitespace-nowrap" />
      </td>
      <td className="min-w-0 truncate text-xs">
        {place ? (
          <Link href={place} className="link" title={row.title ?? undefined}>
            {row.number ?? row.title ?? row.stream} <span className="numeric">#{row.seq}</span>
          </Link>
        ) : (
          <span className="text-ink-3">organisation</span>
        )}
        <Lookups row={row} />
      </td>
      <td className="text-right text-xs">
        <Seal seal={row.seal} />
      </td>
    </Line>
  )
}

/** What an auditor asks next about an entry of a case. */
function Lookups({ row: { stream, seq, data } }: { row: HistoryRow }) {
  if (!stream.startsWith('case_')) return null
  return (
    <span className="ml-2.5 inline-flex gap-2.5">
      {typeof data.request === 'string' ? <QuestionsLink caseId={stream} request={data.request} /> : null}
      <ReplayLink caseId={stream} at={seq} />
    </span>
  )
}

/** Where the entry stands. */
function placeOf(row: HistoryRow): string | null {
  const id = row.stream.slice(row.stream.lastIndexOf('/') + 1)
  if (id.startsWith('case_')) return `/cases/${id}#event-${row.seq}`
  if (id.startsWith('nhi_')) return `/identities/${id}#event-${row.seq}`
  return null
}
