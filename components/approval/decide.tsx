'use client'

import { useState } from 'react'
import type { Refusal } from '@/lib/act/refusal'
import type { ActionView, StatementView } from '@/lib/act/view'
import { refusalOf } from '../api'
import { whyNot } from '../case/desk'
import { Refused } from '../form/refused'
import { Button } from '../ui/button'
import { useCommand } from '../use-command'
import { useDraft } from '../use-draft'
import { type Decision, fetchStatement } from './query'
import { useDwell } from './use-dwell'

/** Yes or no. What is sent is the statement's exact text as shown below; a no needs its own statement and a reason. */
export function Decide({ caseId, request, view }: { caseId: string; request: string; view: StatementView }) {
  const { action } = view
  const dwell = useDwell()
  const send = useCommand(`/api/v1/cases/${caseId}`)
  const [saysNo, setSaysNo] = useState(false)
  const [busy, setBusy] = useState<Decision | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const { values, set, forget } = useDraft(`refuse/${request}`, { reason: '' })
  const over = action.status === 'awaiting-approval' ? null : 'There is nothing to decide now.'
  const noYes = over ?? whyNot(action.offers, 'approveAction')
  const noNo = over ?? whyNot(action.offers, 'refuseAction')

  const decide = async (decision: Decision) => {
    setBusy(decision)
    setRefusal(null)
    try {
      const statement =
        decision === 'approve' ? view.statement : (await fetchStatement(caseId, request, 'refuse')).statement
      const input = {
        request,
        statement,
        dwell_ms: dwell(),
        ...(decision === 'refuse' ? { reason: values.reason } : {}),
      }
      const done = decision === 'approve' ? 'Approved, and on record' : 'Refused, and on record'
      await send.mutateAsync({ command: `${decision}Action`, input, done })
      forget()
      setSaysNo(false)
    } catch (error) {
      setRefusal(refusalOf(error))
    } finally {
      setBusy(null)
    }
  }

  return (
    <section aria-label="Your decision" className="double-ruled mt-7 border-t border-t-ink py-4">
      <p className="text-base">{after(action)}</p>
      {noYes && noNo && !over ? <p className="mt-2 text-base font-medium text-ink-2">{noYes}</p> : null}
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
              onClick={() => decide('refuse')}
            >
              Refuse the change
            </Button>
            <Button look="quiet" onClick={() => setSaysNo(false)}>
              Back
            </Button>
          </>
        ) : (
          <>
            <Button look="primary" busy={busy === 'approve'} why={noYes} onClick={() => decide('approve')}>
              Approve exactly this
            </Button>
            <Button why={noNo} onClick={() => setSaysNo(true)}>
              Refuse …
            </Button>
          </>
        )}
      </div>
    </section>
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
