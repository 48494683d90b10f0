import { isBefore } from '../case/case'
import type { CaseCommand } from '../case/command'
import type { CaseEvent, Stage } from '../case/event'
import type { Recorded } from './recorded'

type Name = CaseCommand['command']
type Told = Name | ((data: Readonly<Record<string, unknown>>) => Name)

/** Which command an event speaks for: an event doesn't name its command, but what it says leaves no other. Null: it only accompanies others. */
const COMMANDS: Readonly<Record<Exclude<CaseEvent['type'], 'policy.denied'>, Told | null>> = {
  'finding.promoted': 'promoteFinding',
  'message.added': 'addMessage',
  'message.drifted': 'recordDrift',
  'card.posted': 'recordCard',
  'case.titled': 'retitleCase',
  'severity.set': 'setSeverity',
  'trust.raised': 'raiseTrust',
  'comment.added': 'addComment',
  'entry.corrected': 'correctEntry',
  'nhi.linked': 'linkNhi',
  'nhi.unlinked': 'unlinkNhi',
  'nhi.none': 'declareNoNhi',
  'owner.notified': null,
  'case.confirmed': 'confirmCase',
  'case.dismissed': 'dismissCase',
  'case.assigned': 'assignCase',
  'assignment.accepted': 'acceptAssignment',
  'assignment.declined': 'declineAssignment',
  'case.overdue': 'escalateCase',
  'assignment.awaited': 'escalateAssignment',
  'no_action.proposed': 'proposeNoAction',
  'no_action.agreed': 'agreeNoAction',
  'exception.requested': 'requestException',
  'exception.granted': 'grantException',
  'exception.refused': 'refuseException',
  'exception.expired': 'expireException',
  'case.closed': 'closeCase',
  'case.reopened': 'reopenCase',
  'case.exported': 'exportCase',
  'case.state': ({ from, to }) => (isBefore(to as Stage, from as Stage) ? 'returnCase' : 'advanceCase'),
  'evidence.attached': 'attachEvidence',
  'evidence.withheld': null,
  'action.requested': 'proposeAction',
  'action.amended': 'amendAction',
  'approvals.voided': null,
  'action.planned': 'recordPlan',
  'action.plan_failed': 'reportPlanFailure',
  'action.withdrawn': 'withdrawAction',
  'action.expired': 'expireAction',
  'approval.recorded': ({ decision }) => (decision === 'refuse' ? 'refuseAction' : 'approveAction'),
  'approval.awaited': 'escalateApproval',
  'execution.started': 'startExecution',
  'breakglass.invoked': 'invokeBreakGlass',
  'breakglass.expired': 'expireBreakGlass',
  'breakglass.reviewed': 'reviewBreakGlass',
  'warrant.issued': 'issueWarrant',
  'warrant.redeemed': 'redeemWarrant',
  'warrant.revoked': 'revokeWarrant',
  'action.executed': 'reportExecution',
  'execution.settled': 'settleExecution',
  'probe.requested': 'requestProbe',
  'probe.reported': 'reportProbe',
  'verification.recorded': 'recordVerification',
  'erasure.requested': 'requestErasure',
  'erasure.agreed': 'agreeErasure',
  'erasure.refused': 'refuseErasure',
  'event.redacted': 'eraseByRule',
  'evidence.removed': 'recordRemoval',
  'hold.placed': 'placeHold',
  'hold.lifted': 'liftHold',
}

/** Events that come along with another command's as well: they speak for a command only where none of the others is there. */
const WEAK: readonly string[] = [
  'case.state',
  'evidence.attached',
  'nhi.linked',
  'assignment.accepted',
  'case.reopened',
  'action.amended',
  'warrant.revoked',
  'event.redacted',
]

/** A decision is about one command, whose events carry its id: which one it was, and which request or exception it named. */
export type Asked = { readonly command: string; readonly input: Readonly<Record<string, string>> }

/** Null when that can't be told: of a later version's event, or of an erased one. */
export function commandOf(events: readonly Recorded[]): Asked | null {
  const known = events.flatMap(({ type, envelope }) => (envelope ? [{ type, data: envelope.data }] : []))
  if (known.length < events.length) return null
  const spoken =
    known.find(({ type }) => told(type) && !WEAK.includes(type)) ??
    known.find(({ type }) => told(type) && type !== 'case.state') ??
    known.find(({ type }) => told(type))
  if (!spoken) return null
  const { type, data } = spoken
  const says = told(type)
  const command = typeof says === 'function' ? says(data) : (says ?? '')
  return {
    command,
    input: {
      ...textOf(data, 'request'),
      ...textOf(data, 'exception'),
      ...textOf(data, 'erasure'),
      ...textOf(data, 'hold'),
    },
  }
}

function told(type: string): ((data: Readonly<Record<string, unknown>>) => string) | string | null {
  if (type === 'policy.denied') return ({ command }) => String(command)
  return (COMMANDS as Readonly<Record<string, Told | null>>)[type] ?? null
}

function textOf(data: Readonly<Record<string, unknown>>, name: string): Record<string, string> {
  const value = data[name]
  return typeof value === 'string' ? { [name]: value } : {}
}
