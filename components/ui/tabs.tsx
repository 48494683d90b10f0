'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { cx } from './class'

export type Tab = { readonly id: string; readonly href: string; readonly children: ReactNode }

/** In braces: browsers have begun to answer with a promise, and what a ref answers is its clean-up. */
function inView(tab: HTMLAnchorElement | null) {
  tab?.scrollIntoView({ inline: 'center', block: 'nearest' })
}

/** Parts of a page, each with an address of its own. Where they don't all fit, the one that is open is in view. */
export function Tabs({ label, tabs, open }: { label: string; tabs: readonly Tab[]; open: string }) {
  return (
    <nav aria-label={label} className="no-scrollbar -mx-4 overflow-x-auto px-4 sm:mx-0 sm:px-0">
      <ul className="ruled flex min-w-max gap-5">
        {tabs.map(({ id, href, children }) => (
          <li key={id}>
            <Link
              ref={id === open ? inView : undefined}
              href={href}
              aria-current={id === open ? 'page' : undefined}
              className={cx(
                'flex min-h-9 items-center gap-1.5 border-b-3 text-base pointer-coarse:min-h-11',
                id === open ? 'border-ink font-semibold' : 'border-transparent text-ink-2 hover:text-ink',
              )}
            >
              {children}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
