'use client'

import { KeyRound } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { StatementView } from '@/lib/act/view/action'
import { elsewhere } from '../passkeys/trouble'
import { signInFor } from '../session'
import { Button } from '../ui/button'
import type { Ways } from './ways'

export type Way = 'passkey' | 'session'
type Props = { ways: Ways; busy: Way | null; shut: string | null; approve: (way: Way) => void }

/** The ways to say yes. A passkey comes first where the reader has one; without it is for lesser risks. */
export function ApproveButtons({ ways, busy, shut, approve }: Props) {
  return (
    <>
      {ways.passkey === undefined ? null : (
        <Button
          look="primary"
          busy={busy === 'passkey'}
          why={shut ?? ways.passkey}
          onClick={() => approve('passkey')}
        >
          <KeyRound className="size-4" aria-hidden="true" /> Approve with your passkey
        </Button>
      )}
      {ways.session === undefined ? null : (
        <Button
          look={ways.passkey === undefined ? 'primary' : 'plain'}
          busy={busy === 'session'}
          why={shut ?? ways.session}
          onClick={() => approve('session')}
        >
          {withoutKey(ways)}
        </Button>
      )}
    </>
  )
}

function withoutKey({ passkey, vouched }: Ways): string {
  if (vouched)
    return passkey === undefined ? 'Sign in again and approve exactly this' : 'Sign in again instead'
  return passkey === undefined ? 'Approve exactly this' : 'Approve without it'
}

/** What stands between the reader and signing, and where to go. */
export function Obstacle({ ways, view }: { ways: Ways; view: StatementView }) {
  const path = usePathname()
  const right = ways.passkey === null ? elsewhere(view.origin) : null
  if (ways.lacksKey) {
    return (
      <p className="mt-3 border-l-3 border-l-medium bg-medium-wash px-3 py-2">
        A {view.action.quorum.tier}-risk change is approved with a passkey, and you have none yet.{' '}
        <Link className="link font-medium" href={`/passkeys?back=${encodeURIComponent(path)}`}>
          Enrol one and come back
        </Link>
        .
      </p>
    )
  }
  if (ways.signInAgain && ways.passkey === undefined) {
    return (
      <p className="mt-3 border-l-3 border-l-medium bg-medium-wash px-3 py-2">
        A {view.action.quorum.tier}-risk change is approved within 15 minutes of a sign-in.{' '}
        <a className="link font-medium" href={signInFor(path, true)}>
          Sign in again and come back
        </a>
        .
      </p>
    )
  }
  if (!right) return null
  return (
    <p role="alert" className="mt-3 border-l-3 border-l-critical bg-critical-wash px-3 py-2">
      You are at {window.location.origin}, and your passkey works at {right} alone.{' '}
      <a className="link font-medium" href={`${right}${path}`}>
        Open this page there
      </a>
      .
    </p>
  )
}
