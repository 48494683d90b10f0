'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { HelpSheet } from '../help-sheet'
import { useKeptFocus } from '../kept-focus'
import { useShortcut } from '../keyboard'
import { Palette } from '../palette'
import { PasskeyNews } from '../passkeys/news'
import { useSignInWall } from '../session'
import { Header } from './header'
import { PhoneNav } from './phone-nav'
import { PASSKEYS, PLACES, type Place, SETTINGS } from './places'

/** The frame of every page behind the sign-in. */
export function Desk({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState<'help' | 'palette' | null>(null)
  const out = useSignInWall()
  useKeptFocus()
  useShortcut('?', 'This help', () => setOpen('help'), 'Everywhere')
  useShortcut(
    'mod+k',
    'Search, or do anything',
    () => setOpen(open === 'palette' ? null : 'palette'),
    'Everywhere',
  )
  return (
    <>
      <a
        href="#main"
        className="fixed top-1 left-1 z-50 -translate-y-20 rounded-md bg-accent px-3 py-1.5 text-accent-ink focus:translate-y-0"
      >
        Skip to the page’s content
      </a>
      {[...PLACES, SETTINGS, PASSKEYS].map((place) => (
        <GoTo key={place.href} place={place} />
      ))}
      <Header onPalette={() => setOpen('palette')} onHelp={() => setOpen('help')} />
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto max-w-[90rem] px-4 pb-24 outline-none sm:px-6 md:pb-16"
      >
        {out ? null : <PasskeyNews />}
        {out ? null : children}
      </main>
      <PhoneNav />
      {open === 'help' ? <HelpSheet onClose={() => setOpen(null)} /> : null}
      {open === 'palette' ? <Palette onClose={() => setOpen(null)} /> : null}
    </>
  )
}

function GoTo({ place }: { place: Place }) {
  const router = useRouter()
  useShortcut(place.keys, `Go to ${place.name.toLowerCase()}`, () => router.push(place.href), 'Go')
  return null
}
