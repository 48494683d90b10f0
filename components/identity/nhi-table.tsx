import Link from 'next/link'
import type { NhiRow } from '@/lib/act/view/nhi'
import { HealthChips } from '../case/health'
import { Who, WhoGlyph } from '../case/who'
import { cx } from '../ui/class'
import { Ledger, Line, wholeLine } from '../ui/ledger'

const COLUMNS =
  'md:grid-cols-[minmax(10rem,1.3fr)_8rem_minmax(8rem,1fr)_6.5rem_minmax(9rem,1fr)_6.5rem_minmax(9rem,1.4fr)] [&_th:last-child]:text-left'

export function NhiTable({ rows }: { rows: readonly NhiRow[] }) {
  return (
    <Ledger
      label="Identities"
      heads={['Name', 'Kind', 'System', 'May', 'Owner', 'Rotated', 'Health']}
      columns={COLUMNS}
    >
      {rows.map((row) => (
        <Row key={row.id} row={row} />
      ))}
    </Ledger>
  )
}

function Row({ row }: { row: NhiRow }) {
  return (
    <Line
      columns={COLUMNS}
      className={cx(
        'items-center gap-y-0.5 py-2 max-md:grid-cols-2 md:min-h-8.5 md:py-1',
        row.disabled && 'text-ink-3',
      )}
    >
      <td className="flex min-w-0 items-center gap-1.5 max-md:col-span-2">
        <WhoGlyph who={{ id: row.id, name: row.name, kind: 'nhi' }} />
        <Link data-step href={`/identities/${row.id}`} className={cx(wholeLine, 'truncate font-medium')}>
          {row.name}
        </Link>
      </td>
      <td className="text-xs text-ink-2">{row.kind.replaceAll('-', ' ')}</td>
      <td className="truncate text-xs text-ink-2">
        {row.system}, {row.environment}
      </td>
      <td
        className={cx(
          'text-xs',
          row.privilege === 'tier-0' || row.privilege === 'admin' ? 'font-semibold' : 'text-ink-2',
        )}
      >
        {row.privilege}
      </td>
      <td className="min-w-0 text-xs text-ink-2">
        {row.owner ? (
          <Who who={row.owner} className="max-w-full" />
        ) : (
          <span className="font-medium text-critical">nobody</span>
        )}
      </td>
      <td className="numeric text-ink-2 max-md:hidden">{row.last_rotated_on ?? '–'}</td>
      <td className="max-md:col-span-2">
        <HealthChips health={row.health} disabled={row.disabled} />
      </td>
    </Line>
  )
}
