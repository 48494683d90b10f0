'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { cx } from '../ui/class'
import { Count } from './header'
import { PLACES } from './places'
import { useWaiting } from './waiting'

/** On a phone the places are where the thumb is. */
export function PhoneNav() {
  const path = usePathname()
  const waiting = useWaiting()
  return (
    <nav
      aria-label="Places"
      className="fixed inset-x-0 bottom-0 z-30 print:hidden border-t border-rule-strong bg-paper pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <ul className="grid grid-cols-5">
        {PLACES.map((place) => {
          const here = path.startsWith(place.href) || (place.href === '/inbox' && path.startsWith('/cases'))
          return (
            <li key={place.href}>
              <Link
                href={place.href}
                aria-current={here ? 'page' : undefined}
                className={cx(
                  'flex h-14 flex-col items-center justify-center gap-0.5 border-t-2 text-xs',
                  here ? 'border-accent font-semibold' : 'border-transparent text-ink-2',
                )}
              >
                <span className="flex items-center gap-1">
                  <place.icon className="size-4.5" aria-hidden="true" />
                  <Count n={waiting[place.href]} />
                </span>
                {place.name}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
