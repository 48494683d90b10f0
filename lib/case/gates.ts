import { type Missing, type Refusal, refuse } from '../act/refusal'
import { HAS_RUN, isOpen, type Request } from '../action/action'
import { isReviewed, REVIEWERS } from '../action/break-glass'
import type { Case } from './case'
import type { Stage } from './event'

const missing = (name: string, sentence: string, command: string): Missing => ({ name, sentence, command })

/** What the record must still hold before the case can leave `stage`. Empty means that the gate is open. */
export function gate(state: Case, stage: Stage = state.stage): Missing[] {
  switch (stage) {
    case 'identify':
      return identify(state)
    case 'confirm':
      return state.confirmation
        ? []
        : [
            missing(
              'confirmation',
              'Somebody who can judge it confirms that it is real, with context taken now.',
              'confirmCase',
            ),
          ]
    case 'assign':
      return assign(state)
    case 'act':
      return act(state)
    case 'verify':
      return verify(state)
    case 'closed':
      return []
  }
}

function identify(state: Case): Missing[] {
  const list: Missing[] = []
  if (!state.snapshots.length && !state.evidence.length) {
    list.push(missing('source', 'A message snapshot or other evidence of the finding.', 'attachEvidence'))
  }
  if (!state.linked.length && !state.no_nhi) {
    list.push(
      missing('identity', 'The non-human identities that it touches, or why there are none.', 'linkNhi'),
    )
  }
  if (!state.severity) list.push(missing('severity', 'A severity.', 'setSeverity'))
  return list
}

function assign(state: Case): Missing[] {
  const list: Missing[] = []
  if (!state.assignee) list.push(missing('assignee', 'One accountable person.', 'assignCase'))
  list.push(...acceptance(state))
  const unaware = state.linked.filter((link) => link.owner && !state.notified.includes(link.nhi))
  for (const link of unaware) {
    list.push(
      missing(
        'owner-notified',
        `The owner of ${link.name} is told; this happens with the assignment.`,
        'assignCase',
      ),
    )
  }
  return list
}

function acceptance(state: Case): Missing[] {
  if (!state.assignee || state.accepted) return []
  return [missing('acceptance', 'The assignee accepts the case.', 'acceptAssignment')]
}

function act(state: Case): Missing[] {
  return [...acceptance(state), ...outcome(state)]
}

function outcome(state: Case): Missing[] {
  const open = state.requests.filter((request) => isOpen(request) && !HAS_RUN.includes(request.phase))
  if (open.length) {
    return open.map((request) =>
      missing(
        'open-action',
        `${request.action.kind} on ${request.action.target.name} is ${request.phase}: ${isLost(request) ? 'its executor reports, or somebody finds out what became of it' : 'finish or withdraw it'}.`,
        isLost(request) ? 'settleExecution' : 'startExecution',
      ),
    )
  }
  const failed = unanswered(state)
  const executed = state.requests.some(worked) && !failed.length
  const excepted = state.exceptions.some((exception) => exception.status === 'active')
  if (executed || excepted || state.no_action?.agreed) return []
  if (state.no_action)
    return [missing('second-opinion', 'A second person agrees that no action is needed.', 'agreeNoAction')]
  if (failed.length) {
    return failed.map((request) =>
      missing(
        'action',
        `The verification of ${request.action.kind} on ${request.action.target.name} failed: another action must follow it.`,
        'proposeAction',
      ),
    )
  }
  return [
    missing(
      'action',
      'An executed action, an exception with an owner and an end, or an agreed reason why none is needed.',
      'proposeAction',
    ),
  ]
}

function isLost({ phase }: Request): boolean {
  return phase === 'running' || phase === 'unknown'
}

/** Actions whose verification failed, and that no other action on the same target has followed. */
export function unanswered(state: Case): Request[] {
  return state.requests.filter(
    (failed) =>
      failed.phase === 'verification-failed' &&
      !state.requests.some((other) => worked(other) && follows(other, failed)),
  )
}

function worked(request: Request): boolean {
  return request.phase === 'executed' || request.phase === 'verified'
}

function follows(other: Request, failed: Request): boolean {
  const same = other.action.target.nhi === failed.action.target.nhi
  return same && other.requested_at >= (failed.verification?.at ?? '')
}

function verify(state: Case): Missing[] {
  return [...acceptance(state), ...unverified(state), ...unreviewed(state)]
}

/** Emergencies that two others haven't looked at yet: until they have, the case can't close. */
export function unreviewed(state: Case): Missing[] {
  return state.requests
    .filter((request) => !isReviewed(request))
    .map(({ action, breakglass }) =>
      missing(
        'break-glass-review',
        `${REVIEWERS - (breakglass?.reviews.length ?? 0)} more of two people review the emergency: ${action.kind} on ${action.target.name} was let run without its approvals. Due ${breakglass?.review_by}.`,
        'reviewBreakGlass',
      ),
    )
}

export function unverified(state: Case): Missing[] {
  return state.requests
    .filter((request) => request.phase === 'executed')
    .map((request) =>
      missing(
        'verification',
        `Somebody independent verifies ${request.action.kind} on ${request.action.target.name}.`,
        'recordVerification',
      ),
    )
}

export function gateRefusal(state: Case): Refusal | null {
  const list = gate(state)
  if (!list.length) return null
  const names = list.map((item) => item.sentence).join(' ')
  return refuse(
    'gate',
    `The case can't leave ${state.stage} yet. ${names}`,
    'Supply what is missing, then try again.',
    { missing: list },
  )
}

export const NEXT = {
  identify: 'confirm',
  confirm: 'assign',
  assign: 'act',
  act: 'verify',
  verify: 'closed',
} as const satisfies Record<Exclude<Stage, 'closed'>, Stage>
