import Link from 'next/link'
import type { NhiRow } from '@/lib/act/view'
import { HealthChips } from '../case/health'
import { Who, WhoGlyph } from '../case/who'
import { cx } from '../ui/class'

const COLUMNS = 'md:grid-cols-[minmax(10rem,1.3fr)_8rem_minmax(8rem,1fr)_6.5rem_minmax(9rem,1fr)_6.5rem_minmax(9rem,1.4fr)]'

export function NhiTable({ rows }: { rows: readonly NhiRow[] }) {
  return (
    <div role="table" aria-label="Identities" className="border-t border-rule">
      <div role="rowgroup">
        <div role="row" className={cx('small-caps hidden gap-3 border-b border-rule-strong px-1.5 py-1 md:grid', COLUMNS)}>
          {['Name', 'Kind', 'System', 'May', 'Owner', 'Rotated', 'Health'].map((head) => (
            <span key={head} role="columnheader">
              {head}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup">
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </div>
    </div>
  )
}

function Row({ row }: { row: NhiRow }) {
  return (
    <div
      role="row"
      className={cx(
        'relative grid items-center gap-x-3 gap-y-0.5 border-b border-rule px-1.5 py-2 [contain-intrinsic-size:auto_2.125rem] [content-visibility:auto] focus-within:bg-accent-wash hover:bg-sheet max-md:grid-cols-2 md:min-h-8.5 md:py-1',
        COLUMNS,
        row.disabled && 'text-ink-3',
      )}
    >
      <span role="cell" className="flex min-w-0 items-center gap-1.5 max-md:col-span-2">
        <WhoGlyph who={{ id: row.id, name: row.name, kind: 'nhi' }} />
        <Link
          data-step
          href={`/identities/${row.id}`}
          className="truncate font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          {row.name}
        </Link>
      </span>
      <span role="cell" className="text-xs text-ink-2">
        {row.kind.replaceAll('-', ' ')}
      </span>
      <span role="cell" className="truncate text-xs text-ink-2">
        {row.system}, {row.environment}
      </span>
      <span role="cell" className={cx('text-xs', row.privilege === 'tier-0' || row.privilege === 'admin' ? 'font-semibold' : 'text-ink-2')}>
        {row.privilege}
      </span>
      <span role="cell" className="min-w-0 text-xs text-ink-2">
        {row.owner ? <Who who={row.owner} className="max-w-full" /> : <span className="font-medium text-critical">nobody</span>}
      </span>
      <span role="cell" className="numeric text-ink-2 max-md:hidden">
        {row.last_rotated_on ?? '–'}
      </span>
      <span role="cell" className="max-md:col-span-2">
        <HealthChips health={row.health} disabled={row.disabled} />
      </span>
    </div>
  )
}
