'use client'

import Link from 'next/link'
import type { PasskeysView } from '@/lib/act/view/passkey'
import { CommandDialog } from '../form/command-dialog'
import { here, ownPath, signInFor, useSession } from '../session'
import { ButtonLink } from '../ui/button'
import { Bone, Empty, Failed, Loading } from '../ui/states'
import { useUrlState } from '../use-url-state'
import { Enrol } from './enrol'
import { revocationForm } from './form'
import { useNotFresh } from './fresh'
import { PasskeyList } from './list'
import { usePasskeys } from './query'
import { elsewhere } from './trouble'

/** What one signs approvals with: enrolled and revoked here. `?of=` shows a member's to an administrator. */
export function Passkeys() {
  const { params } = useUrlState()
  const of = params.get('of')
  const found = usePasskeys(of)
  if (found.isPending) return <Bones />
  if (!found.data)
    return <Failed error={found.error} what="The passkeys" page retry={() => void found.refetch()} />
  return <Shown view={found.data} />
}

function Shown({ view }: { view: PasskeysView }) {
  const { params, set } = useUrlState()
  const me = useSession().data?.who.id
  const notFresh = useNotFresh()
  const own = view.holder.id === me
  const about = params.get('revoke')
  const one = view.passkeys.find((each) => each.credential_id === about && !each.revoked_at)
  const back = params.get('back')
  return (
    <article className="mx-auto max-w-3xl">
      <h1 className="ruled pt-4 pb-1.5 text-lg font-semibold">
        {own ? 'Your passkeys' : `Passkeys of ${view.holder.name}`}
      </h1>
      <p className="mt-3 text-base text-ink-2">
        A passkey signs exactly what you approve, with a touch or a PIN. Whoever reads the record later can
        check that signature without trusting this server. Each change here is on record, and told to you.
      </p>
      {own ? <Elsewhere origin={view.origin} /> : null}
      {own && notFresh ? <SignInAgain why={notFresh} /> : null}
      {view.passkeys.length ? (
        <PasskeyList passkeys={view.passkeys} why={notFresh} revoke={(id) => set({ revoke: id })} />
      ) : (
        <Empty title={own ? 'You have no passkey yet' : `${view.holder.name} has no passkey`}>
          Actions of high and critical risk are approved with one, and with nothing less.
        </Empty>
      )}
      {own ? <Enrol origin={view.origin} why={notFresh} /> : null}
      {back && own && view.passkeys.some((each) => !each.revoked_at) ? (
        <p className="mt-5">
          <Link href={ownPath(back)} className="link font-medium">
            Back to what you were about to approve
          </Link>
        </p>
      ) : null}
      {one ? (
        <CommandDialog
          key={one.credential_id}
          base="/api/v1/registry"
          command="revokePasskey"
          about={one.credential_id}
          form={revocationForm(one, own ? null : view.holder.name)}
          onClose={() => set({ revoke: null })}
        />
      ) : null}
    </article>
  )
}

function SignInAgain({ why }: { why: string }) {
  return (
    <p className="mt-4 flex flex-wrap items-center gap-3 border-l-3 border-l-medium bg-medium-wash px-3 py-2">
      <span>{why}</span>
      <ButtonLink href={signInFor(here(), true)}>Sign in again</ButtonLink>
    </p>
  )
}

function Elsewhere({ origin }: { origin: string }) {
  const right = elsewhere(origin)
  if (!right) return null
  return (
    <p role="alert" className="mt-4 border-l-3 border-l-critical bg-critical-wash px-3 py-2">
      You are at {window.location.origin}. Passkeys are bound to a name:{' '}
      <a className="link font-medium" href={`${right}/passkeys`}>
        open {right}
      </a>
      .
    </p>
  )
}

function Bones() {
  return (
    <Loading what="the passkeys" page>
      <div className="mx-auto max-w-3xl pt-5">
        <Bone className="h-5 w-48" />
        <Bone className="mt-5 block w-full" />
        <Bone className="mt-3 block w-2/3" />
        <Bone className="mt-8 block h-12 w-full" />
      </div>
    </Loading>
  )
}
