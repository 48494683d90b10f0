import { isRefusal, type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import type { Case } from '../case/case'
import type { CaseCommand } from '../case/command'
import type { CaseEvent } from '../case/event'
import { MAX_WARRANT_SECONDS } from '../record/warrant'
import type { Request } from './action'
import type { ActionEvent } from './event'
import { find, inStage } from './find'
import { stillHolds } from './holds'
import { notInLog } from './in-log'
import { tooLate } from './propose'
import { isExecutor, receipt } from './receipt'
import { overruled } from './settle'

type Of<Name extends CaseCommand['command']> = Extract<CaseCommand, { command: Name }>['input']

/** A warrant lives this long: the executor asks for it when it is ready to act. */
export const WARRANT_SECONDS = 120

/** A member lets the executor go ahead. It isn't the execution: that is the executor's, under a warrant. */
export function start(
  state: Case,
  input: Of<'startExecution'>,
  given: Given<CaseCommand>,
): ActionEvent[] | Refusal {
  const request = find(state, input.request)
  if (isRefusal(request)) return request
  const no = inStage(state, 'act', 'execute an action')
  if (no) return no
  if (request.phase !== 'approved') {
    return refuse('gate', `This action is ${request.phase}, not approved.`, 'It needs its approvals first.', {
      missing: [{ name: 'approval', sentence: 'The required approvals.', command: 'approveAction' }],
    })
  }
  const stale = stillHolds(request, given)
  if (stale) return stale
  return [{ type: 'execution.started', data: { request: request.id, revision: request.revision } }]
}

/** The authority to act, once, for minutes: only when all that was approved still holds and is in the log as its risk asks. */
export function warrant(
  state: Case,
  input: Of<'issueWarrant'>,
  given: Given<CaseCommand>,
): ActionEvent[] | Refusal {
  const request = find(state, input.request)
  if (isRefusal(request)) return request
  const no = inStage(state, 'act', 'issue a warrant') ?? isExecutor(request, given)
  if (no) return no
  const lapsed =
    request.phase === 'warranted' && request.warrant !== null && given.now >= request.warrant.expires_at
  if (request.phase !== 'started' && !lapsed)
    return refuse(
      'stale',
      `This action is ${request.phase}: no warrant can be issued.`,
      'Start the execution first; a warrant is issued once.',
    )
  const stale = stillHolds(request, given)
  if (stale) return stale
  if (input.audience !== request.action.connector || input.action_digest !== request.digest) {
    return refuse(
      'stale',
      'The warrant asked for is not for the action that was approved.',
      'Ask for the action as it stands.',
    )
  }
  if (!isShort(input.expires_at, request, given.now)) {
    return refuse(
      'invalid',
      `A warrant ends within ${MAX_WARRANT_SECONDS} seconds, and before its action.`,
      'Ask for a shorter one.',
      { field: 'expires_at' },
    )
  }
  const early = notInLog(request, given)
  if (early) return early
  const { jti, audience, warrant_sha256, expires_at, action_digest } = input
  const events: ActionEvent[] = []
  if (lapsed && request.warrant)
    events.push({
      type: 'warrant.revoked',
      data: { request: request.id, jti: request.warrant.jti, reason: 'expired before it was redeemed' },
    })
  events.push({
    type: 'warrant.issued',
    data: {
      request: request.id,
      revision: request.revision,
      jti,
      executor: request.action.executor,
      audience,
      action_digest,
      warrant_sha256,
      expires_at,
    },
  })
  return events
}

function isShort(expires_at: string, request: Request, now: string): boolean {
  const longest = new Date(Date.parse(now) + MAX_WARRANT_SECONDS * 1_000).toISOString()
  return now < expires_at && expires_at <= longest && expires_at <= request.expires_at
}

/** Single use: the first to redeem wins, everyone after is refused. */
export function redeem(
  state: Case,
  input: Of<'redeemWarrant'>,
  given: Given<CaseCommand>,
): ActionEvent[] | Refusal {
  const request = find(state, input.request)
  if (isRefusal(request)) return request
  const no = inStage(state, 'act', 'redeem a warrant') ?? isExecutor(request, given)
  if (no) return no
  if (request.phase !== 'warranted' || request.warrant?.jti !== input.jti) {
    return refuse(
      'stale',
      'This warrant has been redeemed, revoked or replaced.',
      'A warrant works once. Look at the action before asking for another.',
    )
  }
  if (given.now >= request.warrant.expires_at)
    return refuse('stale', 'This warrant has expired.', 'Ask for a new one.')
  return (
    stillHolds(request, given) ?? [
      { type: 'warrant.redeemed', data: { request: request.id, jti: input.jti } },
    ]
  )
}

/** For ever: its executor was stopped, and may not go on with it even if it is let act again. */
export function revoke(state: Case, input: Of<'revokeWarrant'>): ActionEvent[] | Refusal {
  const request = find(state, input.request)
  if (isRefusal(request)) return request
  if (request.phase !== 'warranted' || request.warrant?.jti !== input.jti)
    return refuse('stale', 'This warrant is no longer outstanding.', 'Nothing more is needed.')
  const { jti, reason } = input
  return [{ type: 'warrant.revoked', data: { request: request.id, jti, reason } }]
}

/**
 * What the executor says happened; its receipt becomes evidence. `unknown` is settled later by a second report, from probing,
 * or by a person. A receipt that comes after a person settled it counts for more.
 */
export function report(
  state: Case,
  input: Of<'reportExecution'>,
  given: Given<CaseCommand>,
): CaseEvent[] | Refusal {
  const request = find(state, input.request)
  if (isRefusal(request)) return request
  const no = isExecutor(request, given)
  if (no) return no
  const awaited =
    request.phase === 'running' ||
    ((request.phase === 'unknown' || overruled(request)) && input.outcome !== 'unknown')
  if (!awaited || request.warrant?.jti !== input.jti) return tooLate(request, 'reported')
  const { jti, outcome, summary, result_sha256, started_at, finished_at } = input
  return [
    ...receipt(state, 'receipt', input, request, given),
    {
      type: 'action.executed',
      data: {
        request: request.id,
        jti,
        outcome,
        result_sha256,
        executor_owner: request.executor_owner,
        summary,
        started_at,
        finished_at,
      },
    },
  ]
}
