import { isRefusal, type Refusal, refuse } from '../act/refusal'
import type { EventMeta, Given } from '../act/stream'
import { decideAction } from '../action/approve'
import { expireBreakGlass, invoke, review } from '../action/break-glass'
import { redeem, report, revoke, start, warrant } from '../action/execute'
import { planFailed, planned } from '../action/plan'
import { amend, expire, propose, withdraw } from '../action/propose'
import { settle } from '../action/settle'
import { askForProbe, reportProbe, verify } from '../action/verify'
import { accountable } from '../identity/actor'
import { acceptAssignment, assignCase, declineAssignment } from './assign'
import { type Case, exists } from './case'
import { advanceCase, closeCase, reopenCase, returnCase } from './close'
import type { CaseCommand } from './command'
import { confirmCase, dismissCase } from './confirm'
import { correctEntry } from './correct'
import { agreeErasure, eraseByRule, refuseErasure, requestErasure } from './erasure'
import { escalateApproval, escalateAssignment, escalateCase } from './escalate'
import type { CaseEvent } from './event'
import { evolve } from './evolve'
import {
  agreeNoAction,
  expireException,
  grantException,
  proposeNoAction,
  refuseException,
  requestException,
} from './exception'
import { exportCase } from './export'
import { gate, NEXT } from './gates'
import { liftHold, placeHold } from './hold'
import * as identify from './identify'
import { byPeople } from './people'

/** What a command leads to, or why not. Pure: the same state, command and facts give the same answer. */
export function decide(state: Case, given: Given<CaseCommand>): CaseEvent[] | Refusal {
  const no = open(state, given.command.command) ?? byPeople(given.command.command, given.actor)
  if (no) return no
  const events = dispatch(state, given)
  return isRefusal(events) ? events : [...events, ...stepsForward(state, events, given)]
}

/** What a closed case still takes: to be read, commented on, corrected, exported and reopened, and a look that was asked for before. */
const AFTER_CLOSING: readonly string[] = [
  'reopenCase',
  'addComment',
  'correctEntry',
  'exportCase',
  'recordDrift',
  'recordCard',
  'addMessage',
  'expireException',
  'reportProbe',
  'requestErasure',
  'agreeErasure',
  'refuseErasure',
  'eraseByRule',
  'recordRemoval',
  'placeHold',
  'liftHold',
]

function open(state: Case, command: CaseCommand['command']): Refusal | null {
  if (command === 'promoteFinding') {
    return exists(state) ? refuse('conflict', 'This case exists already.', 'Promote under another id.') : null
  }
  if (!exists(state))
    return refuse('not_found', 'There is no such case, or it is not yours to see.', 'Check the link.')
  if (state.stage === 'closed' && !AFTER_CLOSING.includes(command)) {
    return refuse('wrong_stage', 'The case is closed.', 'Reopen it with a reason.')
  }
  return null
}

function dispatch(state: Case, given: Given<CaseCommand>): CaseEvent[] | Refusal {
  const command = given.command
  switch (command.command) {
    case 'promoteFinding':
      return identify.promoteFinding(command.input, given)
    case 'addMessage':
      return identify.addMessage(state, command.input, given)
    case 'recordDrift':
      return identify.recordDrift(state, command.input)
    case 'recordCard':
      return [{ type: 'card.posted', data: command.input }]
    case 'attachEvidence':
      return identify.attachEvidence(state, command.input, given)
    case 'retitleCase':
      return [{ type: 'case.titled', data: command.input }]
    case 'setSeverity':
      return identify.setSeverity(state, command.input)
    case 'raiseTrust':
      return identify.raiseTrust(state, command.input)
    case 'addComment':
      return [{ type: 'comment.added', data: command.input }]
    case 'correctEntry':
      return correctEntry(command.input, given)
    case 'linkNhi':
      return identify.linkNhi(state, command.input, given)
    case 'unlinkNhi':
      return identify.unlinkNhi(state, command.input)
    case 'declareNoNhi':
      return identify.declareNoNhi(state, command.input)
    case 'confirmCase':
      return confirmCase(state, command.input, given)
    case 'dismissCase':
      return dismissCase(state, command.input, given)
    case 'assignCase':
      return assignCase(state, command.input, given)
    case 'acceptAssignment':
      return acceptAssignment(state, given)
    case 'declineAssignment':
      return declineAssignment(state, command.input, given)
    case 'escalateCase':
      return escalateCase(state, command.input, given)
    case 'escalateAssignment':
      return escalateAssignment(state, command.input, given)
    case 'escalateApproval':
      return escalateApproval(state, command.input, given)
    case 'proposeNoAction':
      return proposeNoAction(state, command.input)
    case 'agreeNoAction':
      return agreeNoAction(state, given)
    case 'requestException':
      return requestException(state, command.input, given)
    case 'grantException':
      return grantException(state, command.input, given)
    case 'refuseException':
      return refuseException(state, command.input, given)
    case 'expireException':
      return expireException(state, command.input, given)
    case 'advanceCase':
      return advanceCase(state, command.input)
    case 'returnCase':
      return returnCase(state, command.input)
    case 'closeCase':
      return closeCase(state, command.input)
    case 'reopenCase':
      return reopenCase(state, command.input)
    case 'exportCase':
      return exportCase(state, command.input, given)
    case 'proposeAction':
      return propose(state, command.input, given)
    case 'amendAction':
      return amend(state, command.input, given)
    case 'withdrawAction':
      return withdraw(state, command.input, given)
    case 'expireAction':
      return expire(state, command.input, given)
    case 'recordPlan':
      return planned(state, command.input, given)
    case 'reportPlanFailure':
      return planFailed(state, command.input, given)
    case 'approveAction':
      return decideAction(state, 'approve', command.input, given)
    case 'refuseAction':
      return decideAction(state, 'refuse', command.input, given)
    case 'startExecution':
      return start(state, command.input, given)
    case 'issueWarrant':
      return warrant(state, command.input, given)
    case 'revokeWarrant':
      return revoke(state, command.input)
    case 'redeemWarrant':
      return redeem(state, command.input, given)
    case 'reportExecution':
      return report(state, command.input, given)
    case 'invokeBreakGlass':
      return invoke(state, command.input, given)
    case 'reviewBreakGlass':
      return review(state, command.input, given)
    case 'expireBreakGlass':
      return expireBreakGlass(state, command.input, given)
    case 'settleExecution':
      return settle(state, command.input, given)
    case 'requestProbe':
      return askForProbe(state, command.input)
    case 'reportProbe':
      return reportProbe(state, command.input, given)
    case 'recordVerification':
      return verify(state, command.input, given)
    case 'requestErasure':
      return requestErasure(state, command.input, given)
    case 'agreeErasure':
      return agreeErasure(state, command.input, given)
    case 'refuseErasure':
      return refuseErasure(state, command.input)
    case 'eraseByRule':
      return eraseByRule(state, command.input, given)
    case 'recordRemoval':
      return [{ type: 'evidence.removed', data: command.input }]
    case 'placeHold':
      return placeHold(command.input, given)
    case 'liftHold':
      return liftHold(state, command.input, given)
  }
}

/** Stages that end by themselves: supplying the last missing thing moves the case on. The others wait for a person's word. */
const BY_THEMSELVES = ['identify', 'confirm', 'assign'] as const

function stepsForward(before: Case, events: readonly CaseEvent[], given: Given<CaseCommand>): CaseEvent[] {
  const meta: EventMeta = {
    stream: given.stream,
    seq: 0,
    at: given.now,
    actor: { id: given.actor.id, kind: given.actor.kind, owner: accountable(given.actor) },
  }
  let state = events.reduce((folded, event) => evolve(folded, event, meta), before)
  if (events.some((event) => event.type === 'case.state' && event.data.from !== null)) return []
  const steps: CaseEvent[] = []
  for (const stage of BY_THEMSELVES) {
    const supplied = before.stage !== stage || gate(before).length > 0
    if (state.stage !== stage || !supplied || gate(state).length) continue
    const step: CaseEvent = { type: 'case.state', data: { from: stage, to: NEXT[stage], reason: null } }
    state = evolve(state, step, meta)
    steps.push(step)
  }
  return steps
}
