'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import type { Refusal } from '@/lib/act/refusal'
import type { Session } from '@/lib/act/view/person'
import { Refused as NotIn, post, refusalOf } from '../api'
import { Who, WhoGlyph } from '../case/who'
import { Refused } from '../form/refused'
import { ownPath, signOut, useSession, type Visitor } from '../session'
import { Button, ButtonLink } from '../ui/button'
import { Bone, Failed, Loading } from '../ui/states'
import { SampleChooser } from './sample-chooser'

/** Who is there? In local mode somebody of the sample organisation, else the company's single sign-on. */
export function SignIn() {
  const session = useSession()
  const params = useSearchParams()
  const client = useQueryClient()
  const [busy, setBusy] = useState<string | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const back = ownPath(params.get('back'))
  const fresh = params.get('fresh') === '1'
  const visitor =
    session.error instanceof NotIn && session.error.status === 401
      ? (session.error.body as Visitor | null)
      : null
  const local = session.data?.local ?? visitor?.local ?? false

  const be = async (person: string) => {
    setBusy(person)
    setRefusal(null)
    try {
      await post('/api/auth/local', { person })
      client.clear()
      // In the place of this page: the way back leads past the sign-in.
      window.location.replace(back)
    } catch (error) {
      setRefusal(refusalOf(error))
      setBusy(null)
    }
  }

  if (session.isPending) return <Waiting />
  if (session.isError && !visitor)
    return <Failed error={session.error} what="The sign-in" retry={() => void session.refetch()} />
  return (
    <>
      {fresh ? (
        <p className="mb-4 border-l-3 border-l-medium bg-medium-wash px-3 py-2">
          This needs a fresh sign-in: it shows that it is really you, now. What you typed is kept, and you
          come back to where you were.
        </p>
      ) : null}
      {refusal ? <Refused refusal={refusal} /> : null}
      {session.isSuccess && !fresh ? (
        <SignedIn session={session.data} back={back} />
      ) : local ? (
        session.data ? (
          <button
            type="button"
            onClick={() => be(session.data.who.id)}
            className="flex min-h-11 items-center gap-3 border border-edge bg-sheet px-4 hover:border-ink"
          >
            <WhoGlyph who={session.data.who} /> Sign in again as {session.data.who.name}
          </button>
        ) : (
          <SampleChooser people={visitor?.people ?? []} busy={busy} choose={be} />
        )
      ) : (
        <SingleSignOn back={back} fresh={fresh} />
      )}
    </>
  )
}

/** Whoever comes back to this page, with the browser's own button for one, is told that they are in. */
function SignedIn({ session: { who, local }, back }: { session: Session; back: string }) {
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-1.5 text-base">
        You are signed in as <Who who={who} className="font-semibold" />
      </p>
      <p className="mt-4 flex flex-wrap gap-2">
        <ButtonLink look="primary" href={back}>
          Go on
        </ButtonLink>
        <Button onClick={signOut}>{local ? 'Be somebody else (sign out)' : 'Sign out'}</Button>
      </p>
    </>
  )
}

function SingleSignOn({ back, fresh }: { back: string; fresh: boolean }) {
  return (
    <>
      <a
        href={`/api/auth/signin/oidc?${new URLSearchParams({ back, ...(fresh ? { fresh: '1' } : {}) })}`}
        className="inline-flex min-h-11 items-center rounded-md bg-accent px-6 text-base font-semibold text-accent-ink hover:opacity-90"
      >
        Sign in with your organisation
      </a>
      <p className="mt-3 text-ink-2">
        You need to be a member here. If you are not, an administrator can add you.
      </p>
    </>
  )
}

function Waiting() {
  return (
    <Loading what="the ways to sign in">
      <div className="grid gap-px sm:grid-cols-2">
        {Array.from({ length: 8 }, (_, index) => (
          <div key={index} className="h-19 border-b border-rule px-1 py-3">
            <Bone className="w-40" />
            <Bone className="mt-2 block w-64 max-w-full" />
          </div>
        ))}
      </div>
    </Loading>
  )
}
