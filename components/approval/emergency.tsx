'use client'

import { KeyRound } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useState } from 'react'
import type { Refusal } from '@/lib/act/refusal'
import type { StatementView } from '@/lib/act/view/action'
import { Refused } from '../form/refused'
import { signWithPasskey } from '../passkeys/ceremony'
import { troubleOf } from '../passkeys/trouble'
import { Button } from '../ui/button'
import { Failed } from '../ui/states'
import { useCommand } from '../use-command'
import { useDraft } from '../use-draft'
import { useEmergencyStatement } from './query'
import { mismatch } from './shown'
import { StatementBytes } from './statement-bytes'

/** The way round the approvals, for when waiting would be worse: it is loud, it is signed, and two others look at it afterwards. */
export function Emergency({
  caseId,
  request,
  view,
}: {
  caseId: string
  request: string
  view: StatementView
}) {
  const path = usePathname()
  const send = useCommand(`/api/v1/cases/${caseId}`)
  const { values, set, forget } = useDraft(`break-glass/${request}`, { reason: '' })
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [thought, setThought] = useState(false)
  const found = useEmergencyStatement(caseId, request, thought)
  const offer = view.action.offers.find((one) => one.command === 'invokeBreakGlass')
  if (view.action.status !== 'awaiting-approval' || offer?.code !== 'assurance_required') return null

  const own = found.data?.statement
  const invoke = async (statement: string) => {
    setBusy(true)
    setRefusal(null)
    try {
      const differs = await mismatch(view, statement, 'break-glass')
      if (differs) return setRefusal(notAsShown(differs))
      const passkey = await signWithPasskey(statement, view)
      const input = { request, statement, passkey, reason: values.reason }
      await send.mutateAsync({ command: 'invokeBreakGlass', input, done: 'The executor has been told' })
      forget()
    } catch (error) {
      setRefusal(troubleOf(error, 'sign', view.origin))
    } finally {
      setBusy(false)
    }
  }
  const short = values.reason.trim().length < 20 ? 'Say in a sentence what can’t wait.' : null
  return (
    <details
      className="mt-5 border-l-3 border-l-critical pl-4"
      onToggle={(event) => setThought(event.currentTarget.open)}
    >
      <summary className="min-h-6 w-fit rounded-sm font-medium text-critical">In an emergency …</summary>
      <p className="mt-2">
        You can let the executor carry out exactly this change now, without its approvals, and answer for it.
        It holds for an hour. Everybody concerned sees it at once, and the case can’t close before two other
        people have reviewed it, within 24 hours.
      </p>
      <label className="mt-3 block">
        <span className="mb-1 block font-medium">What can’t wait</span>
        <textarea
          rows={3}
          maxLength={2_000}
          value={values.reason}
          onChange={(event) => set({ reason: event.target.value })}
          className="field"
        />
      </label>
      {refusal ? (
        <div className="mt-3">
          <Refused refusal={refusal} />
        </div>
      ) : null}
      <p className="mt-3">
        {view.passkeys.length ? (
          <Button
            look="danger"
            busy={busy}
            why={own ? short : 'What you would sign is still on its way.'}
            onClick={() => own && invoke(own)}
          >
            <KeyRound className="size-4" aria-hidden="true" /> Break the glass
          </Button>
        ) : (
          <>
            It takes a passkey, and you have none yet.{' '}
            <Link className="link font-medium" href={`/passkeys?back=${encodeURIComponent(path)}`}>
              Enrol one and come back
            </Link>
            .
          </>
        )}
      </p>
      {own ? (
        <StatementBytes to="break the glass" statement={own} action={view.action.action_digest} />
      ) : found.error ? (
        <Failed error={found.error} what="What you would sign" retry={() => void found.refetch()} />
      ) : null}
    </details>
  )
}

function notAsShown(field: string): Refusal {
  return {
    ...{ refused: true, code: 'stale' },
    sentence: `What this page shows is not what you would sign: “${field}” differs.`,
    remedy: 'Sign nothing. Reload the page; if it stays so, tell your security team.',
  }
}
