'use client'

import type { ActionView } from '@/lib/act/view/action'
import { actionWords } from '@/lib/telling/action-words'
import { QuestionsLink } from '../audit/links'
import { Button, ButtonLink } from '../ui/button'
import { cx } from '../ui/class'
import { When } from '../ui/when'
import { ActionStatusName, isDone, isOver } from './action-status'
import { Approvals } from './approvals'
import { useCaseDesk, whyNot } from './desk'
import { awaitsReview, EmergencyNote } from './emergency'
import { LateApproval } from './late'
import { Outcome } from './outcome'
import { PlanView } from './plan'
import { Said } from './said'
import { Section } from './section'
import { Who } from './who'

export function Actions() {
  const { file } = useCaseDesk()
  if (!file.actions.length) return null
  return (
    <Section id="actions" title="Actions">
      <div className="grid gap-5">
        {file.actions.map((action) => (
          <ActionCard key={action.request} action={action} />
        ))}
      </div>
    </Section>
  )
}

const COMMANDS = [
  ['startExecution', 'Carry it out'],
  ['requestProbe', 'Look whether it worked'],
  ['recordVerification', 'Judge it'],
  ['settleExecution', 'Say what became of it'],
  ['reviewBreakGlass', 'Review the emergency'],
  ['amendAction', 'Amend'],
  ['withdrawAction', 'Withdraw'],
] as const

/** What one would look for in each status; what is further off isn't shown as a row of dead buttons. */
const FITS: Partial<Record<ActionView['status'], readonly string[]>> = {
  planning: ['amendAction', 'withdrawAction'],
  'plan-failed': ['amendAction', 'withdrawAction'],
  'awaiting-approval': ['startExecution', 'amendAction', 'withdrawAction'],
  approved: ['startExecution', 'amendAction', 'withdrawAction'],
  executed: ['recordVerification', 'requestProbe'],
  running: ['settleExecution'],
  unknown: ['requestProbe', 'settleExecution'],
  failed: ['requestProbe'],
}

function ActionCard({ action }: { action: ActionView }) {
  const { file, open } = useCaseDesk()
  const review = awaitsReview(action)
  const commands = COMMANDS.filter(
    ([command]) => FITS[action.status]?.includes(command) || (review && command === 'reviewBreakGlass'),
  )
  const over = isOver(action.status)
  const said = actionWords(action.action)
  return (
    <article
      id={`action-${action.request}`}
      className={cx('scroll-mt-32 border-l-3 pl-4', over ? 'border-rule-strong' : 'border-accent')}
    >
      <h3 className={cx('text-base font-semibold', over && 'text-ink-2')}>
        {said.charAt(0).toUpperCase() + said.slice(1)}
      </h3>
      <p className="flex flex-wrap items-center gap-x-2.5 gap-y-0.5 text-xs text-ink-2">
        <ActionStatusName {...action} />
        <span>
          asked by <Who who={action.requester} className="font-medium text-ink" />
          {action.proposed_by_agent ? <ByAi /> : null}
        </span>
        <span>
          to be run by <Who who={action.executor} />
        </span>
        <span
          className="numeric"
          title="The short code names this exact revision: read it aloud to be sure to speak of the same change."
        >
          {action.short_code}
        </span>
        {action.revision > 1 ? <span>revision {action.revision}</span> : null}
        {isDone(action.status) ? null : (
          <span>
            ends <When at={action.expires_at} ago />
          </span>
        )}
      </p>
      <Said text={action.action.purpose} className="mt-1.5 text-base" />
      {over ? null : (
        <div className="mt-3 grid gap-x-8 gap-y-4 xl:grid-cols-2">
          <div>
            <h4 className="small-caps mb-1">What it will do (dry run)</h4>
            {action.plan ? (
              <PlanView plan={action.plan} />
            ) : (
              <p className="text-ink-2">
                {action.plan_failure ? (
                  <Said inline text={action.plan_failure} />
                ) : (
                  'The executor is doing the dry run.'
                )}
              </p>
            )}
          </div>
          <div>
            <h4 className="small-caps mb-1">Who has to agree</h4>
            <LateApproval late={action.late} caseId={file.id} />
            <Approvals action={action} />
          </div>
        </div>
      )}
      <EmergencyNote action={action} />
      <Outcome action={action} />
      <div className="mt-3 flex flex-wrap gap-2">
        {action.status === 'awaiting-approval' ? (
          <ButtonLink look="primary" href={`/approvals/${file.id}/${action.request}`}>
            Open the approval
          </ButtonLink>
        ) : null}
        {commands.map(([command, label]) => {
          const why = whyNot(action.offers, command)
          const lead = command === FITS[action.status]?.[0] && !why
          return (
            <Button
              key={command}
              look={lead ? 'primary' : 'plain'}
              why={why}
              onClick={() => open(command, action.request)}
            >
              {label}
            </Button>
          )
        })}
        <QuestionsLink caseId={file.id} request={action.request} button />
      </div>
    </article>
  )
}

export function ByAi() {
  return (
    <span
      title="A non-human identity proposed it. Its owner can’t be its only approver."
      className="ml-1.5 rounded-sm border border-medium px-1 font-semibold text-medium"
    >
      proposed by AI
    </span>
  )
}
