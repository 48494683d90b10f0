'use client'

import Link from 'next/link'
import { useRef } from 'react'
import type { StatementView } from '@/lib/act/view/action'
import { actionWords } from '@/lib/telling/action-words'
import { QuestionsLink } from '../audit/links'
import { ActionStatusName } from '../case/action-status'
import { ByAi } from '../case/actions'
import { Approvals } from '../case/approvals'
import { EmergencyNote } from '../case/emergency'
import { LateApproval } from '../case/late'
import { Outcome } from '../case/outcome'
import { PlanView } from '../case/plan'
import { useCase } from '../case/query'
import { Said } from '../case/said'
import { SeverityName } from '../case/severity'
import { Bone, Failed, Loading } from '../ui/states'
import { Change } from './change'
import { Decide } from './decide'
import { Emergency } from './emergency'
import { Part } from './part'
import { Proof } from './proof'
import { useStatement } from './query'
import { StatementBytes } from './statement-bytes'

/** One screen to say yes or no to one exact change. */
export function ApprovalPage({ caseId, request }: { caseId: string; request: string }) {
  const found = useStatement(caseId, request)
  if (found.isPending) return <Bones />
  if (!found.data)
    return <Failed error={found.error} what="This approval" page retry={() => void found.refetch()} />
  return <Loaded caseId={caseId} request={request} view={found.data} />
}

function Loaded({ caseId, request, view }: { caseId: string; request: string; view: StatementView }) {
  const file = useCase(caseId).data
  const { action } = view
  // What is to be signed stays as it was shown; how far it has got does not.
  const present = file?.actions.find((each) => each.request === request) ?? action
  const first = useRef(action.action_digest).current
  const said = actionWords(action.action)
  return (
    <article className="mx-auto max-w-3xl pt-5">
      <p className="flex flex-wrap items-baseline gap-x-3 text-ink-2">
        <Link href={`/cases/${caseId}`} className="link">
          <span className="numeric">{view.case.number}</span> <Said inline text={view.case.title} />
        </Link>
        <SeverityName severity={view.case.severity} />
        <QuestionsLink caseId={caseId} request={request} />
      </p>
      <h1 className="mt-1 text-xl font-semibold">{said.charAt(0).toUpperCase() + said.slice(1)}</h1>
      <p className="mt-1 text-ink-2">
        <ActionStatusName {...present} />
        {action.proposed_by_agent ? <ByAi /> : null}
      </p>
      {first === action.action_digest ? null : (
        <p role="alert" className="mt-3 border-l-3 border-l-critical bg-critical-wash px-3 py-2 font-medium">
          The proposal was amended while you were reading. What you see below is the new revision{' '}
          {action.revision}: read it again.
        </p>
      )}
      <Change action={action} />
      <Part title="What it will do" note="the connector’s dry run, word for word">
        {action.plan ? (
          <PlanView plan={action.plan} />
        ) : (
          <p className="text-ink-2">There is no dry run yet. Nobody can decide before there is one.</p>
        )}
      </Part>
      <Part title="Why">
        <Said text={action.action.purpose} className="text-base" />
        {file ? <Proof file={file} request={request} /> : <Bone className="mt-2 w-64" />}
      </Part>
      <Part title="Who has to agree">
        <LateApproval late={present.late} caseId={caseId} />
        <Approvals action={action} />
      </Part>
      <EmergencyNote action={action} />
      <Outcome action={action} />
      <Decide key={action.action_digest} caseId={caseId} request={request} view={view} />
      <Emergency caseId={caseId} request={request} view={view} />
      <StatementBytes to="approve" statement={view.statement} action={action.action_digest} />
    </article>
  )
}

function Bones() {
  return (
    <Loading what="the approval" page>
      <div className="mx-auto max-w-3xl pt-5">
        <Bone className="w-64" />
        <Bone className="mt-3 block h-7 w-full max-w-md" />
        <div className="mt-5 h-44 border border-rule-strong" />
        <Bone className="mt-8 w-40" />
        <Bone className="mt-3 block h-24 w-full" />
        <Bone className="mt-8 w-40" />
        <Bone className="mt-3 block h-24 w-full" />
      </div>
    </Loading>
  )
}
