'use client'

import Link from 'next/link'
import type { ExportView } from '@/lib/act/view/export'
import { Said } from '../case/said'
import { Who } from '../case/who'
import { Ledger, Line } from '../ui/ledger'
import { When } from '../ui/when'
import { ExportActions } from './actions'
import { State } from './state'
import { coverage } from './words'

const COLUMNS = 'md:grid-cols-[7.5rem_minmax(0,1fr)_10rem_minmax(14rem,20rem)_9.5rem]'

export function ExportRows({ rows }: { rows: readonly ExportView[] }) {
  return (
    <Ledger label="Exports" heads={['Asked', 'What', 'Who', 'File', 'To do']} columns={COLUMNS}>
      {rows.map((row) => (
        <Row key={row.id} row={row} />
      ))}
    </Ledger>
  )
}

function Row({ row }: { row: ExportView }) {
  const title = coverage(row)
  return (
    <Line columns={COLUMNS} className="items-start py-2.5 max-md:grid-cols-1 max-md:gap-y-2">
      <td className="text-xs leading-5.5 text-ink-2 max-md:hidden">
        <When at={row.requested_at} />
      </td>
      <td className="min-w-0">
        <span className="text-base font-medium">
          {row.case ? (
            <Link href={`/cases/${row.case.id}`} className="hover:underline">
              <Said inline text={title} />
            </Link>
          ) : (
            <Said inline text={title} />
          )}
        </span>
        <span className="block text-ink-2">
          for <Said inline text={`“${row.purpose}”`} />
        </span>
      </td>
      <td className="min-w-0">
        <Who who={row.who} />{' '}
        <span className="text-xs text-ink-3 md:hidden">
          <When at={row.requested_at} />
        </span>
      </td>
      <td className="min-w-0">
        <State row={row} />
      </td>
      <td className="flex flex-wrap gap-1.5 md:justify-end">
        <ExportActions row={row} title={title} />
      </td>
    </Line>
  )
}
