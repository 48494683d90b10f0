'use client'

import { CircleHelp, Search } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { Live } from '../live'
import { ThemeSwitch } from '../theme-switch'
import { ButtonLink } from '../ui/button'
import { cx } from '../ui/class'
import { Key } from '../ui/menu'
import { Me } from './me'
import { PLACES } from './places'
import { useWaiting } from './waiting'

export function Header({ onPalette, onHelp }: { onPalette: () => void; onHelp: () => void }) {
  const path = usePathname()
  const waiting = useWaiting()
  return (
    <header className="sticky top-0 z-30 border-b border-rule-strong bg-paper print:hidden">
      <div className="mx-auto flex h-11 max-w-[90rem] items-center gap-3 px-4 sm:px-6">
        <Link
          href="/inbox"
          className="mr-2 flex items-center gap-2 text-base font-semibold whitespace-nowrap"
        >
          <Mark />
          On Record
        </Link>
        <nav aria-label="Places" className="hidden h-full md:block">
          <ul className="flex h-full">
            {PLACES.map((place) => {
              const here =
                path.startsWith(place.href) || (place.href === '/inbox' && path.startsWith('/cases'))
              return (
                <li key={place.href}>
                  <Link
                    href={place.href}
                    aria-current={here ? 'page' : undefined}
                    className={cx(
                      'flex h-full items-center gap-1.5 border-b-2 px-2.5',
                      here ? 'border-accent font-semibold' : 'border-transparent text-ink-2 hover:text-ink',
                    )}
                  >
                    {place.name}
                    <Count n={waiting[place.href]} />
                  </Link>
                </li>
              )
            })}
          </ul>
        </nav>
        <div className="flex-1" />
        <button
          type="button"
          onClick={onPalette}
          className="flex h-7 items-center gap-2 rounded-md border border-rule-strong px-2 text-ink-3 hover:border-edge hover:text-ink lg:w-60 pointer-coarse:h-10"
        >
          <Search className="size-3.5" aria-hidden="true" />
          <span className="sr-only lg:not-sr-only lg:flex-1 lg:text-left">Search, or do anything</span>
          <span className="hidden lg:inline">
            <Key>Ctrl K</Key>
          </span>
        </button>
        <ButtonLink href="/promote" className="max-sm:hidden">
          Promote a message
        </ButtonLink>
        <Live />
        <div className="hidden lg:block">
          <ThemeSwitch />
        </div>
        <button
          type="button"
          onClick={onHelp}
          aria-label="Keyboard shortcuts"
          className="hidden size-7 place-items-center rounded text-ink-3 hover:text-ink md:grid"
        >
          <CircleHelp className="size-4" aria-hidden="true" />
        </button>
        <Me />
      </div>
    </header>
  )
}

export function Count({ n }: { n: number | undefined }) {
  if (!n) return null
  return (
    <span className="numeric rounded-full bg-accent-wash px-1.5 font-semibold text-accent">
      {n}
      <span className="sr-only"> waiting for you</span>
    </span>
  )
}

function Mark() {
  return (
    <svg viewBox="0 0 20 20" className="size-5" aria-hidden="true">
      <path d="M3 5.5h14M3 10h14M3 14.5h7" stroke="var(--edge)" />
      <path d="M6.5 2v16" stroke="var(--margin-line)" />
      <path
        d="m11.5 14.5 2 2 4-4.8"
        fill="none"
        stroke="var(--accent)"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
