import type { ReactNode } from 'react'
import { cx } from './class'

/** A table set as a ledger: real rows and cells, laid out as grids so that a phone can fold them. */
export function Ledger({ label, heads, columns, className, children }: LedgerProps) {
  return (
    <table aria-label={label} className={cx('block w-full border-t border-rule', className)}>
      <thead className="block">
        <tr className={cx('hidden gap-x-3 border-b border-rule-strong px-1.5 py-1 md:grid', columns)}>
          {heads.map((head) => (
            <th key={head} scope="col" className="small-caps text-left last:text-right">
              {head === 'Severity' ? <span className="sr-only">{head}</span> : head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="block">{children}</tbody>
    </table>
  )
}

type LedgerProps = {
  label: string
  heads: readonly string[]
  columns: string
  className?: string
  children: ReactNode
}

/** A line; one off screen costs the browser nothing (content-visibility). */
export function Line({
  columns,
  className,
  children,
}: {
  columns: string
  className: string
  children: ReactNode
}) {
  return (
    <tr
      className={cx(
        'relative grid gap-x-3 border-b border-rule px-1.5 [contain-intrinsic-size:auto_2.125rem] [content-visibility:auto] hover:bg-sheet has-[a:focus-visible]:bg-accent-wash',
        columns,
        className,
      )}
    >
      {children}
    </tr>
  )
}

/** A link that the whole line follows. */
export const wholeLine =
  'outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent'
