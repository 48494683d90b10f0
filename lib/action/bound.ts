import { type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import type { Case } from '../case/case'
import type { CaseCommand } from '../case/command'
import { accountable } from '../identity/actor'
import { type ApprovalStatement, parseStatement } from '../record/approval'
import { isMalformed } from '../record/malformed'
import type { Request } from './action'

/** A statement is good for ten minutes after it was made: long enough to read, too short to keep. */
export const STATEMENT_MINUTES = 10

/** The statement as it was sent back: exactly the bytes that were shown. */
export function read(statement: string): ApprovalStatement | Refusal {
  try {
    return parseStatement(new TextEncoder().encode(statement))
  } catch (error) {
    if (!isMalformed(error)) throw error
    return refuse(
      'invalid',
      `The statement is not in its canonical form: ${error.message}`,
      'Send back exactly the bytes that you were shown.',
      { field: 'statement' },
    )
  }
}

/** What somebody may put their name to about an action. */
export type StatementDecision = 'approve' | 'refuse' | 'break-glass'

/** What a statement says of its own making; all else in it is about the action. */
const OF_THE_MOMENT: readonly string[] = ['exp', 'head', 'iat', 'nonce', 'type']

/** Every field of what was shown must be what the record holds now: nothing else was approved. */
export function bound(
  state: Case,
  request: Request,
  decision: StatementDecision,
  shown: ApprovalStatement,
  given: Given<CaseCommand>,
): Refusal | null {
  const expected: Partial<ApprovalStatement> = {
    action_digest: request.digest,
    approver: accountable(given.actor),
    aud: given.origin,
    case: state.id,
    decision,
    executor: request.action.executor,
    policy: given.bundle,
    request: request.id,
    requester: request.requester,
    revision: request.revision,
  }
  for (const [field, value] of Object.entries(expected)) {
    if (shown[field as keyof ApprovalStatement] === value) continue
    return refuse(
      'stale',
      `What you were shown is not what stands now: "${field}" has changed.`,
      'Open the approval again and read it afresh.',
      { field },
    )
  }
  const extra = Object.keys(shown).find((field) => !(field in expected) && !OF_THE_MOMENT.includes(field))
  if (extra)
    return refuse(
      'invalid',
      `A statement has no field "${extra}".`,
      'Send back exactly the bytes that you were shown.',
      { field: extra },
    )
  return timely(shown, given) ?? sawThisCase(given)
}

function timely(shown: ApprovalStatement, given: Given<CaseCommand>): Refusal | null {
  const [made, ends, now] = [Date.parse(shown.iat), Date.parse(shown.exp), Date.parse(given.now)]
  const inOrder = made <= now + 2_000 && now <= ends && ends - made <= STATEMENT_MINUTES * 60_000
  return inOrder
    ? null
    : refuse(
        'stale',
        'This statement was made too long ago.',
        'Open the approval again: a statement is good for ten minutes.',
      )
}

function sawThisCase(given: Given<CaseCommand>): Refusal | null {
  if (given.facts.seen !== null) return null
  return refuse(
    'stale',
    "The event that the statement says you saw isn't one of this case.",
    'Open the approval again.',
  )
}
