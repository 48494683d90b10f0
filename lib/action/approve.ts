import { isRefusal, type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import type { Case } from '../case/case'
import type { CaseCommand } from '../case/command'
import { accountable } from '../identity/actor'
import { statementDigest } from '../record/approval'
import { utf8 } from '../record/bytes'
import { type Request, standing } from './action'
import { provenBy } from './assurance'
import { bound, read } from './bound'
import type { ActionEvent } from './event'
import { find, inStage } from './find'
import { askedFor } from './parties'

type Of<Name extends CaseCommand['command']> = Extract<CaseCommand, { command: Name }>['input']
type Input = Of<'approveAction'> | Of<'refuseAction'>

/** A person's decision about exactly this revision of this action, bound to the digest they were shown. */
export function decideAction(
  state: Case,
  decision: 'approve' | 'refuse',
  input: Input,
  given: Given<CaseCommand>,
): ActionEvent[] | Refusal {
  const request = find(state, input.request)
  if (isRefusal(request)) return request
  const no =
    inStage(state, 'act', 'decide on an action') ?? open(request, decision, given) ?? separate(request, given)
  if (no) return no
  const statement = read(input.statement)
  if (isRefusal(statement)) return statement
  const mismatch = bound(state, request, decision, statement, given)
  if (mismatch) return mismatch
  const slot = slotOf(request, decision, given)
  if (isRefusal(slot)) return slot
  const used = unused(request, input.statement)
  if (used) return used
  const proof = provenBy(request.quorum, 'passkey' in input ? input : null, given)
  if (isRefusal(proof)) return proof
  return [
    {
      type: 'approval.recorded',
      data: {
        approval: given.newId('apr'),
        request: request.id,
        revision: request.revision,
        decision,
        reason: 'reason' in input ? input.reason : null,
        approver: accountable(given.actor),
        as_owner: slot === 'owner',
        action_digest: request.digest,
        statement_sha256: statementDigest(utf8(input.statement)),
        ...proof,
        dwell_ms: input.dwell_ms,
      },
    },
  ]
}

/** Approvals are voided and statements live on for minutes: each is good for one decision. */
function unused(request: Request, statement: string): Refusal | null {
  const digest = statementDigest(utf8(statement))
  if (!request.approvals.some((each) => each.statement_sha256 === digest)) return null
  return refuse(
    'forbidden',
    'This statement was used before.',
    'Open the approval again and read it afresh.',
    {
      rules: ['approval.statement_used'],
    },
  )
}

/** A no is still possible after the last yes, until the execution is started. */
function open(request: Request, decision: 'approve' | 'refuse', given: Given<CaseCommand>): Refusal | null {
  const waits =
    request.phase === 'awaiting-approval' || (decision === 'refuse' && request.phase === 'approved')
  if (!waits) {
    return refuse('stale', `This action is ${request.phase}: there is nothing to decide.`, 'Reload the case.')
  }
  if (given.now >= request.expires_at)
    return refuse('stale', 'The request has expired.', 'Ask for a new one.')
  return null
}

/** Separation of duties, whatever policy says: the requester and the executor's owner never decide. */
function separate(request: Request, given: Given<CaseCommand>): Refusal | null {
  const { actor } = given
  if (actor.kind !== 'human')
    return refuse(
      'separation_of_duties',
      'Only a person can approve or refuse.',
      'A person with the approver role decides.',
    )
  const person = accountable(actor)
  if (askedFor(request, given).includes(person)) {
    return refuse(
      'separation_of_duties',
      'You asked for this action, so somebody else must decide on it.',
      'Anyone else with the approver role can.',
    )
  }
  if (person === request.executor_owner) {
    return refuse(
      'separation_of_duties',
      'You own its executor, so somebody else must decide on it.',
      'Anyone else with the approver role can.',
    )
  }
  return null
}

/** Which of the required approvals this person can give; nobody is asked twice. An owner may always say no. */
function slotOf(
  request: Request,
  decision: 'approve' | 'refuse',
  given: Given<CaseCommand>,
): 'owner' | 'approver' | Refusal {
  const person = accountable(given.actor)
  const before = standing(request)
  const again = decision === 'approve' && before.some((approval) => approval.approver === person)
  if (again)
    return refuse('conflict', 'You have approved this revision already.', 'Nothing more is needed from you.')
  const target = given.facts.nhis[request.action.target.nhi]
  const owns = target?.owner === person || target?.backup_owner === person
  const wanted =
    decision === 'refuse' || (request.quorum.owner && !before.some((approval) => approval.as_owner))
  if (owns && wanted) return 'owner'
  if (given.actor.kind === 'human' && given.actor.roles.includes('approver')) return 'approver'
  return refuse('forbidden', 'This decision is for an approver.', 'Ask somebody with the approver role.', {
    rules: ['core.approver'],
  })
}
