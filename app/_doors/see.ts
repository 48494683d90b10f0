import { type Refusal, refuse } from '@/lib/act/refusal'
import type { StreamKind } from '@/lib/act/spec'
import type { Request as Change } from '@/lib/action/action'
import { standing } from '@/lib/action/action'
import type { Question } from '@/lib/policy/question'
import { refusalOf } from '@/lib/policy/refusal'
import type { Asked } from './door'

type Look = 'viewCase' | 'viewNhi' | 'viewHistory' | 'viewSettings' | 'viewExports' | 'hearChanges'
type Handle = 'exportRecord' | 'cancelExport' | 'retryExport' | 'fetchExport' | 'removeExport'
type Viewer = Pick<Asked, 'actor' | 'doors'>

/** Whether policy lets this actor look at all; which things there are is row-level security's. */
export function maySee(viewer: Viewer, look: Look, kind: StreamKind, id = '*'): Refusal | null {
  const decision = decide(viewer, look, { kind, id, org: viewer.actor.org, owners: [] })
  return decision.permitted
    ? null
    : refuse(
        'forbidden',
        decision.reasons.join(' '),
        'Ask somebody with the right role, or an administrator.',
        { rules: decision.rules },
      )
}

/** Whether a button about exports would be answered: the command asks again, and records a refusal. */
export function mayHandle(viewer: Viewer, command: Handle): boolean {
  const { org } = viewer.actor
  return decide(viewer, command, { kind: 'registry', id: 'registry', org, owners: [] }).permitted
}

/** Whether policy lets this actor have what was sealed for the executor of this change. */
export function mayOpen(viewer: Viewer, change: Change): Refusal | null {
  const { action, quorum, requester, requester_accountable, executor_owner } = change
  const request = {
    kind: action.kind,
    tier: quorum.tier,
    environment: action.target.environment,
    requester,
    requester_accountable,
    executor: action.executor,
    executor_owner,
    approvals: standing(change).length,
  }
  const decision = decide(
    viewer,
    'viewSealedSecret',
    { kind: 'case', id: action.case, org: viewer.actor.org, owners: [] },
    request,
  )
  return decision.permitted ? null : refusalOf(decision)
}

function decide(
  { actor, doors }: Viewer,
  command: string,
  resource: Question['resource'],
  request?: Question['context']['request'],
) {
  const now = new Date()
  const session_age = Math.floor(now.getTime() / 1000) - actor.auth.auth_time
  const context = { now: now.toISOString(), session_age, ...(request ? { request } : {}) }
  return doors.policies.authorize({ actor, command, resource, context }, doors.newId('dec'))
}
