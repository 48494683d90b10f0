'use client'

import { usePathname } from 'next/navigation'
import { useState } from 'react'
import type { PasskeyNews as News } from '@/lib/act/view/passkey'
import { Said } from '../case/said'
import { useSession } from '../session'
import { Button, ButtonLink } from '../ui/button'
import { When } from '../ui/when'
import { usePasskeys } from './query'

const SEEN = 'passkey-news'

/** Tells somebody that their keys were changed, on every page until they say that it was them: a thief's change shows. */
export function PasskeyNews() {
  const path = usePathname()
  const me = useSession().data?.who.id
  const news = usePasskeys().data?.news ?? []
  const [seen, setSeen] = useState(read)
  const latest = news[0]
  if (!latest || !me || latest.at <= (seen[me] ?? '') || path === '/passkeys') return null
  const dismiss = () => {
    const next = { ...seen, [me]: latest.at }
    setSeen(next)
    write(next)
  }
  return (
    <aside
      aria-label="Your passkeys have changed"
      className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1 border-l-3 border-l-medium bg-medium-wash px-3 py-2"
    >
      <p role="status">
        <Changed news={latest} me={me} />
      </p>
      <span className="ml-auto flex gap-2">
        <ButtonLink href="/passkeys">Look at your passkeys</ButtonLink>
        <Button look="quiet" onClick={dismiss}>
          {latest.by.id === me ? 'It was me' : 'Understood'}
        </Button>
      </span>
    </aside>
  )
}

function Changed({ news: { type, name, at, by, reason }, me }: { news: News; me: string }) {
  const done = type === 'passkey.enrolled' ? 'was enrolled for you' : 'was revoked'
  return (
    <>
      The passkey{' '}
      <b className="font-semibold">
        <Said inline text={name} />
      </b>{' '}
      {done}
      {by.id === me ? '' : ` by ${by.name}`} <When at={at} ago />.
      {by.id === me && type === 'passkey.enrolled' ? ' If that wasn’t you, revoke it now.' : ''}
      {reason ? (
        <span className="text-ink-2">
          {' '}
          Why: <Said inline text={reason} />
        </span>
      ) : null}
    </>
  )
}

type Seen = Record<string, string>

function read(): Seen {
  try {
    return JSON.parse(localStorage.getItem(SEEN) ?? '{}') as Seen
  } catch {
    return {}
  }
}

function write(seen: Seen) {
  try {
    localStorage.setItem(SEEN, JSON.stringify(seen))
  } catch {
    // Without storage it's said again on the next page.
  }
}
