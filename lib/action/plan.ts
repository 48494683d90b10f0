import { isRefusal, type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import type { Case } from '../case/case'
import type { CaseCommand } from '../case/command'
import { quorumFor, tierOf } from '../policy/requirements'
import { actionDigest } from '../record/approval'
import { jcs } from '../record/canonical'
import { sha256Hex } from '../record/digest'
import type { Request } from './action'
import { type ActionEvent, RISK_TIERS } from './event'
import { find } from './find'
import { isExecutor } from './receipt'

type Of<Name extends CaseCommand['command']> = Extract<CaseCommand, { command: Name }>['input']

/** The connector's dry run, shown to the approver word for word; without it nobody is asked. */
export function planned(
  state: Case,
  input: Of<'recordPlan'>,
  given: Given<CaseCommand>,
): ActionEvent[] | Refusal {
  const request = awaited(state, input, given)
  if (isRefusal(request)) return request
  const { plan } = input
  const raised = plan.reversible ? [] : raisedBy(request, given)
  const revision = request.revision + raised.length
  return [
    ...raised,
    {
      type: 'action.planned',
      data: { request: request.id, revision, plan, plan_sha256: sha256Hex(jcs(plan)) },
    },
  ]
}

/**
 * The dry run found that the change can't be taken back, which the kind alone didn't tell: it is a riskier one than was
 * proposed, so that more people must approve it, sooner. A new revision says so before anybody is asked.
 */
function raisedBy(request: Request, { actor, facts, now }: Given<CaseCommand>): ActionEvent[] {
  const target = facts.nhis[request.action.target.nhi]
  if (!target) return []
  const { privilege, environment } = target
  const tier = tierOf({ kind: request.action.kind, privilege, environment, reversible: false })
  if (RISK_TIERS.indexOf(tier) <= RISK_TIERS.indexOf(request.quorum.tier)) return []
  const { quorum, hours } = quorumFor(tier, actor.auth)
  const expires_at = earlier(request.expires_at, new Date(Date.parse(now) + hours * 3_600_000).toISOString())
  const action = { ...request.action, expires_at }
  const reason = `The dry run found that it can't be taken back: it is a ${tier}-risk change, not a ${request.quorum.tier}-risk one.`
  const { requester, requester_accountable, proposed_by_agent, executor_owner, target_owner } = request
  return [
    {
      type: 'action.amended',
      data: {
        request: request.id,
        revision: request.revision + 1,
        action,
        action_digest: actionDigest(action),
        requester,
        requester_accountable,
        proposed_by_agent,
        executor: action.executor,
        executor_owner,
        target_owner,
        quorum,
        expires_at,
        reason,
      },
    },
  ]
}

function earlier(one: string, other: string): string {
  return one < other ? one : other
}

export function planFailed(
  state: Case,
  input: Of<'reportPlanFailure'>,
  given: Given<CaseCommand>,
): ActionEvent[] | Refusal {
  const request = awaited(state, input, given)
  if (isRefusal(request)) return request
  return [
    {
      type: 'action.plan_failed',
      data: { request: request.id, revision: input.revision, reason: input.reason },
    },
  ]
}

function awaited(
  state: Case,
  input: { request: string; revision: number },
  given: Given<CaseCommand>,
): Request | Refusal {
  const request = find(state, input.request)
  if (isRefusal(request)) return request
  const no = isExecutor(request, given)
  if (no) return no
  const waits =
    (request.phase === 'planning' || request.phase === 'plan-failed') && request.revision === input.revision
  return waits
    ? request
    : refuse('stale', 'This revision no longer waits for a plan.', 'Ask for the present work.')
}
