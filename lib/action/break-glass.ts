import { isRefusal, type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import type { Case } from '../case/case'
import type { CaseCommand } from '../case/command'
import { accountable } from '../identity/actor'
import { statementDigest } from '../record/approval'
import { utf8 } from '../record/bytes'
import type { BreakGlass, Request } from './action'
import { signedWith } from './assurance'
import { bound, read } from './bound'
import type { ActionEvent } from './event'
import { find, inStage } from './find'
import { askedFor } from './parties'

type Of<Name extends CaseCommand['command']> = Extract<CaseCommand, { command: Name }>['input']

/** How long the executor may ask for its warrant. */
const AUTHORITY_MINUTES = 60
const REVIEW_HOURS = 24
export const REVIEWERS = 2
const REACHES: readonly string[] = ['medium', 'high']

/**
 * One person with a passkey lets the executor go ahead without the approvals, for an hour, and answers for it: two others look
 * at it afterwards, and until they have, the case can't close. Not for what can't be undone: a critical action keeps its quorum.
 */
export function invoke(
  state: Case,
  input: Of<'invokeBreakGlass'>,
  given: Given<CaseCommand>,
): ActionEvent[] | Refusal {
  const request = find(state, input.request)
  if (isRefusal(request)) return request
  const no = inStage(state, 'act', 'break the glass') ?? mayBreak(request, given)
  if (no) return no
  const statement = read(input.statement)
  if (isRefusal(statement)) return statement
  const mismatch = bound(state, request, 'break-glass', statement, given)
  if (mismatch) return mismatch
  if (!input.passkey)
    return refuse(
      'assurance_required',
      "Breaking the glass needs a passkey's signature.",
      'Sign with a passkey of yours; enrol one first if you have none.',
    )
  const proof = signedWith(input.statement, input.passkey, given)
  if (isRefusal(proof)) return proof
  const { reason } = input
  const from = Date.parse(given.now)
  const ends = [new Date(from + AUTHORITY_MINUTES * 60_000).toISOString(), request.expires_at]
  return [
    {
      type: 'breakglass.invoked',
      data: {
        request: request.id,
        revision: request.revision,
        reason,
        invoker: accountable(given.actor),
        action_digest: request.digest,
        statement_sha256: statementDigest(utf8(input.statement)),
        ...proof,
        expires_at: ends.toSorted()[0] ?? request.expires_at,
        review_by: new Date(from + REVIEW_HOURS * 3_600_000).toISOString(),
      },
    },
    { type: 'execution.started', data: { request: request.id, revision: request.revision } },
  ]
}

function mayBreak(request: Request, given: Given<CaseCommand>): Refusal | null {
  if (given.actor.kind !== 'human' || accountable(given.actor) === request.executor_owner)
    return refuse(
      'separation_of_duties',
      'Only a person who does not own its executor can break the glass.',
      'Ask another analyst.',
    )
  if (request.phase !== 'awaiting-approval')
    return refuse(
      'stale',
      `This action is ${request.phase}: it does not wait for approvals.`,
      'The glass is broken for what is planned and waits.',
    )
  if (given.now >= request.expires_at)
    return refuse('stale', 'The request has expired.', 'Ask for a new one.')
  if (!REACHES.includes(request.quorum.tier))
    return refuse(
      'unsupported',
      `Not for a ${request.quorum.tier}-risk action.`,
      'A low one needs one approval; a critical one keeps its quorum, even in an emergency.',
    )
  return null
}

/** The emergency's authority over this request as it stands; null when there is none, or none any more. */
export function authority({ breakglass, revision }: Request, now: string): BreakGlass | null {
  if (!breakglass || breakglass.expired || breakglass.revision !== revision) return null
  return now < breakglass.expires_at ? breakglass : null
}

/** Unused in its time: the request waits for its approvals again, and the review stays due. */
export function expireBreakGlass(
  state: Case,
  input: Of<'expireBreakGlass'>,
  given: Given<CaseCommand>,
): ActionEvent[] | Refusal {
  const request = find(state, input.request)
  if (isRefusal(request)) return request
  const { breakglass, phase, warrant } = request
  const held = phase === 'warranted' && warrant !== null && given.now < warrant.expires_at
  if (!breakglass || breakglass.expired || (phase !== 'started' && phase !== 'warranted'))
    return refuse('stale', 'No emergency waits for its executor here.', 'Nothing more is needed.')
  if (given.now < breakglass.expires_at || held)
    return refuse('conflict', 'It has not ended yet.', `It ends at ${breakglass.expires_at}.`)
  return [{ type: 'breakglass.expired', data: { request: request.id } }]
}

/** Somebody who neither broke the glass nor asked for the action says afterwards whether it was right. */
export function review(
  state: Case,
  input: Of<'reviewBreakGlass'>,
  given: Given<CaseCommand>,
): ActionEvent[] | Refusal {
  const request = find(state, input.request)
  if (isRefusal(request)) return request
  const { breakglass } = request
  if (!breakglass)
    return refuse('stale', 'Nobody broke the glass for this action.', 'There is nothing to review.')
  const person = accountable(given.actor)
  if (
    given.actor.kind !== 'human' ||
    person === breakglass.invoker ||
    askedFor(request, given).includes(person)
  )
    return refuse(
      'separation_of_duties',
      'An emergency is reviewed by people who neither invoked it nor asked for its action.',
      'Any approver, administrator or owner of the target can who had no part in it.',
    )
  if (breakglass.reviews.some(({ reviewer }) => reviewer === person))
    return refuse('conflict', 'You have reviewed it already.', 'A second person reviews it as well.')
  const { outcome, note } = input
  return [{ type: 'breakglass.reviewed', data: { request: request.id, reviewer: person, outcome, note } }]
}

/** Reviewed by two people, whatever they found. */
export function isReviewed({ breakglass }: Request): boolean {
  return breakglass === null || breakglass.reviews.length >= REVIEWERS
}
