'use client'

import { useState } from 'react'
import type { Refusal } from '@/lib/act/refusal'
import type { ActionView, StatementView } from '@/lib/act/view/action'
import { whyNot } from '../case/desk'
import { Refused } from '../form/refused'
import { signWithPasskey } from '../passkeys/ceremony'
import { troubleOf } from '../passkeys/trouble'
import { Button } from '../ui/button'
import { useCommand } from '../use-command'
import { useDraft } from '../use-draft'
import { useUrlState } from '../use-url-state'
import { ApproveButtons, Obstacle, type Way } from './approve'
import { askProvider, fetchStatement } from './query'
import { useMismatch } from './shown'
import { useDwell } from './use-dwell'
import { decidedAlready, waysToApprove } from './ways'

/** Yes or no. What is sent is the statement's exact text as shown below; a no needs its own statement and a reason. */
export function Decide({ caseId, request, view }: { caseId: string; request: string; view: StatementView }) {
  const { action } = view
  const dwell = useDwell()
  const send = useCommand(`/api/v1/cases/${caseId}`)
  const [saysNo, setSaysNo] = useState(false)
  const [busy, setBusy] = useState<Way | 'refuse' | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const { values, set, forget } = useDraft(`refuse/${request}`, { reason: '' })
  const differs = useMismatch(view)
  const ways = waysToApprove(view)
  const not = useUrlState().params.get('not')
  const over = decidedAlready(action)
  const noYes = [ways.passkey, ways.session].includes(null) ? null : (ways.passkey ?? ways.session ?? null)
  const noNo = over ?? whyNot(action.offers, 'refuseAction')

  const attempt = async (way: Way | 'refuse', send: () => Promise<unknown>) => {
    setBusy(way)
    setRefusal(null)
    try {
      await send()
      forget()
      setSaysNo(false)
    } catch (error) {
      setRefusal(troubleOf(error, 'sign', view.origin))
    } finally {
      setBusy(null)
    }
  }
  const approve = (way: Way) =>
    attempt(way, async () => {
      const { statement } = view
      if (way === 'session' && ways.vouched)
        return leave(await askProvider(caseId, request, statement, dwell()))
      const passkey = way === 'passkey' ? await signWithPasskey(statement, view) : null
      const input = { request, statement, dwell_ms: dwell(), passkey }
      await send.mutateAsync({ command: 'approveAction', input, done: 'Approved, and on record' })
    })
  const refuse = () =>
    attempt('refuse', async () => {
      const { statement } = await fetchStatement(caseId, request, 'refuse')
      const input = { request, statement, dwell_ms: dwell(), reason: values.reason }
      await send.mutateAsync({ command: 'refuseAction', input, done: 'Refused, and on record' })
    })

  return (
    <section aria-label="Your decision" className="double-ruled mt-7 border-t border-t-ink py-4">
      <p className="text-base">{after(action)}</p>
      {differs ? <Mismatch field={differs} /> : null}
      {noYes && noNo && !over ? <p className="mt-2 text-base font-medium text-ink-2">{noYes}</p> : null}
      <Obstacle ways={ways} view={view} />
      <CameBack not={not} />
      {saysNo ? (
        <label className="mt-3 block">
          <span className="mb-1 block font-medium">Why not</span>
          <textarea
            ref={focus}
            rows={3}
            maxLength={2_000}
            value={values.reason}
            onChange={(event) => set({ reason: event.target.value })}
            className="field"
          />
        </label>
      ) : null}
      <p role="status" className={busy === 'passkey' ? 'mt-3 text-ink-2' : 'sr-only'}>
        {busy === 'passkey'
          ? 'Your browser asks you now: what you sign is the text below, and nothing else.'
          : ''}
      </p>
      {refusal ? (
        <div className="mt-3">
          <Refused refusal={refusal} />
        </div>
      ) : null}
      <div className="mt-4 flex flex-wrap gap-3 [&>button]:min-h-9 [&>button]:px-5">
        {saysNo ? (
          <>
            <Button
              look="danger"
              busy={busy === 'refuse'}
              why={values.reason.trim() ? null : 'Say why: the one who asked reads it.'}
              onClick={refuse}
            >
              Refuse the change
            </Button>
            <Button look="quiet" onClick={() => setSaysNo(false)}>
              Back
            </Button>
          </>
        ) : (
          <>
            <ApproveButtons
              ways={ways}
              busy={busy === 'refuse' ? null : busy}
              shut={shutBy(differs)}
              approve={approve}
            />
            <Button why={noNo} onClick={() => setSaysNo(true)}>
              Refuse …
            </Button>
          </>
        )}
      </div>
    </section>
  )
}

/** To the provider; the button stays busy until the browser is gone. */
function leave(location: string): Promise<never> {
  window.location.assign(location)
  return new Promise(() => undefined)
}

/** Nobody signs before their browser has compared what it shows with what it would sign. */
function shutBy(differs: string | null | undefined): string | null {
  if (differs === undefined) return 'Your browser is still comparing what you see with what you would sign.'
  return differs === null ? null : 'What this page shows is not what you would sign.'
}

/** From the provider, and nothing was approved. */
function CameBack({ not }: { not: string | null }) {
  if (!not) return null
  return (
    <p role="alert" className="mt-3 border-l-3 border-l-critical bg-critical-wash px-3 py-2">
      {not === 'failed'
        ? 'Your provider did not vouch for you and exactly this text, so nothing was approved. Read it again, and repeat.'
        : 'Your provider vouched for you, but the approval was refused, and nothing was approved. What holds now is shown here.'}
    </p>
  )
}

function Mismatch({ field }: { field: string }) {
  return (
    <p role="alert" className="mt-3 border-l-3 border-l-critical bg-critical-wash px-3 py-2 font-medium">
      What this page shows is not what you would sign: “{field}” differs. Approve nothing, and tell your
      security team.
    </p>
  )
}

/** The reader has just asked to write here. */
const focus = (field: HTMLElement | null) => field?.focus()

/** What happens next, if one says yes. */
function after(action: ActionView): string {
  const counted = action.approvals.filter((one) => !one.void && one.decision === 'approve')
  const approvals = counted.filter((one) => !one.as_owner).length
  const open =
    action.quorum.approvals -
    approvals +
    (action.quorum.owner && !counted.some((one) => one.as_owner) ? 1 : 0)
  if (action.status !== 'awaiting-approval') return 'There is nothing to decide now.'
  const then =
    'somebody on the case lets the executor carry it out: with a warrant for exactly this change, for minutes, once. Then somebody else verifies that it worked.'
  return open <= 1
    ? `With your yes it is approved: ${then}`
    : `After your yes ${open - 1} more ${open === 2 ? 'answer is' : 'answers are'} needed. Then ${then}`
}
