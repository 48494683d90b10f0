'use client'

import Link from 'next/link'
import { type CasePage, MOST_COUNTED } from '@/lib/act/view'
import { cx } from '../ui/class'
import { VIEWS, type View } from './query'

export function ViewTabs({ view, counts }: { view: View; counts: CasePage['counts'] | undefined }) {
  return (
    <nav aria-label="Views" className="no-scrollbar -mx-4 overflow-x-auto px-4 pt-4 sm:mx-0 sm:px-0">
      <ul className="ruled flex min-w-max gap-5">
        {VIEWS.map(([id, name]) => (
          <li key={id}>
            <Link
              href={`/inbox?view=${id}`}
              aria-current={id === view ? 'page' : undefined}
              className={cx(
                'flex items-baseline gap-1.5 border-b-3 pb-1.5 text-base pointer-coarse:min-h-11 pointer-coarse:items-center',
                id === view ? 'border-ink font-semibold' : 'border-transparent text-ink-2 hover:text-ink',
              )}
            >
              {name}
              <span className="numeric min-w-[2ch] text-ink-3">{counted(counts?.[id])}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function counted(cases: number | undefined): string {
  if (cases === undefined) return ''
  return cases < MOST_COUNTED ? `${cases}` : `${MOST_COUNTED}+`
}
