import type { CaseEvent } from '@/lib/case/event'
import type { NhiEvent } from '@/lib/nhi/event'
import type { RegistryEvent } from '@/lib/registry/event'
import type { NameOf } from '../names'
import { actionWords } from './action-words'
import { nhiSentence } from './sentence-nhi'
import { registrySentence } from './sentence-registry'
import { words } from './stage'

/** What an event says, after the name of who did it; `quote` is somebody's own text, shown as said. */
export type Sentence = {
  text: string
  quote?: string | null
  tone?: 'no' | 'yes' | undefined
  action?: string
  evidence?: string
}
export type AnyEvent = CaseEvent | NhiEvent | RegistryEvent

export function sentence(entry: { type: string; data: Record<string, unknown> }, name: NameOf): Sentence {
  // The API's entries carry the record's own types; an event of a later version names itself.
  const event = entry as unknown as AnyEvent
  return (
    caseSentence(event, name) ??
    nhiSentence(event, name) ??
    registrySentence(event, name) ?? { text: `recorded ${entry.type}` }
  )
}

function caseSentence(event: AnyEvent, name: NameOf): Sentence | null {
  switch (event.type) {
    case 'finding.promoted':
      return {
        text: `promoted the finding as a ${words(event.data.category)} case${event.data.severity ? `, ${event.data.severity}` : ''}`,
        quote: event.data.note,
      }
    case 'case.state':
      return event.data.from
        ? { text: `moved the case from ${event.data.from} to ${event.data.to}`, quote: event.data.reason }
        : { text: `opened the case in ${event.data.to}` }
    case 'case.titled':
      return { text: 'changed the title to', quote: event.data.title }
    case 'severity.set':
      return { text: `set the severity to ${event.data.severity}`, quote: event.data.reason }
    case 'trust.raised':
      return { text: 'vouched for where the message came from', quote: event.data.reason }
    case 'message.added':
      return { text: 'attached another message' }
    case 'message.drifted':
      return {
        text: `saw that a promoted message was ${event.data.change} in chat; the original stands`,
        quote: event.data.text,
      }
    case 'evidence.attached':
      return { text: `attached ${event.data.name}`, evidence: event.data.sha256 }
    case 'comment.added':
      return { text: 'commented', quote: event.data.text }
    case 'nhi.linked':
      return { text: `linked ${event.data.name}`, quote: event.data.reason }
    case 'nhi.unlinked':
      return { text: `unlinked ${name(event.data.nhi)}`, quote: event.data.reason }
    case 'nhi.none':
      return { text: 'recorded that no non-human identity is involved', quote: event.data.reason }
    case 'owner.notified':
      return {
        text: `told ${name(event.data.owner)}, who owns ${name(event.data.nhi)}, ${event.data.through === 'chat' ? 'in chat' : 'on the desk'}`,
      }
    case 'case.confirmed':
      return {
        text: `confirmed it: criticality ${event.data.criticality}, privilege ${event.data.privilege}, exposure ${words(event.data.exposure)}`,
        quote: event.data.note,
        tone: 'yes',
      }
    case 'case.dismissed':
      return { text: `dismissed it as ${words(event.data.disposition)}`, quote: event.data.reason }
    case 'case.assigned':
      return { text: `asked ${name(event.data.assignee)} to take it` }
    case 'assignment.accepted':
      return { text: 'accepted the case', tone: 'yes' }
    case 'assignment.declined':
      return { text: 'declined the case', quote: event.data.reason, tone: 'no' }
    case 'no_action.proposed':
      return { text: 'proposed that no action is needed', quote: event.data.reason }
    case 'no_action.agreed':
      return { text: `agreed with ${name(event.data.proposer)} that no action is needed`, tone: 'yes' }
    case 'exception.requested':
      return {
        text: `asked to accept the risk until ${event.data.until.slice(0, 10)}, owned by ${name(event.data.owner)}`,
        quote: event.data.reason,
      }
    case 'exception.granted':
      return { text: `granted the exception until ${event.data.until.slice(0, 10)}`, tone: 'yes' }
    case 'exception.refused':
      return { text: 'refused the exception', quote: event.data.reason, tone: 'no' }
    case 'exception.expired':
      return { text: 'let the exception end' }
    case 'case.closed':
      return {
        text: `closed the case: ${words(event.data.disposition)}`,
        quote: event.data.summary,
        tone: 'yes',
      }
    case 'case.reopened':
      return { text: `reopened the case to ${event.data.to}`, quote: event.data.reason }
    case 'card.posted':
      return { text: 'put the case’s card in the thread' }
    case 'case.exported':
      return { text: 'exported the case', quote: event.data.purpose }
    case 'policy.denied':
      return {
        text: `was refused: ${commandWords(event.data.command)}`,
        quote: event.data.sentence,
        tone: 'no',
      }
    default:
      return actionSentence(event, name)
  }
}

function actionSentence(event: AnyEvent, name: NameOf): Sentence | null {
  switch (event.type) {
    case 'action.requested':
      return {
        text: `proposed to ${actionWords(event.data.action)}`,
        quote: event.data.action.purpose,
        action: event.data.request,
      }
    case 'action.amended':
      return {
        text: `amended the proposal (revision ${event.data.revision}) to ${actionWords(event.data.action)}`,
        quote: event.data.reason,
        action: event.data.request,
      }
    case 'approvals.voided':
      return {
        text: `voided ${event.data.approvals.length === 1 ? 'an approval' : `${event.data.approvals.length} approvals`} of the earlier revision`,
        action: event.data.request,
        tone: 'no',
      }
    case 'action.planned':
      return { text: `did a dry run (revision ${event.data.revision})`, action: event.data.request }
    case 'action.plan_failed':
      return {
        text: 'could not do the dry run',
        quote: event.data.reason,
        action: event.data.request,
        tone: 'no',
      }
    case 'action.withdrawn':
      return { text: 'withdrew the proposal', quote: event.data.reason, action: event.data.request }
    case 'action.expired':
      return { text: 'let the proposal end: nobody decided in time', action: event.data.request }
    case 'approval.recorded': {
      const as = event.data.as_owner ? ' as the owner' : ''
      const verb = event.data.decision === 'approve' ? 'approved' : 'refused'
      return {
        text: `${verb} revision ${event.data.revision}${as}, after ${Math.round(event.data.dwell_ms / 1_000)} s`,
        quote: event.data.reason,
        action: event.data.request,
        tone: verb === 'approved' ? 'yes' : 'no',
      }
    }
    case 'execution.started':
      return { text: 'let the executor carry it out', action: event.data.request }
    case 'warrant.issued':
      return { text: `issued a warrant to ${name(event.data.executor)}`, action: event.data.request }
    case 'warrant.redeemed':
      return { text: 'redeemed the warrant', action: event.data.request }
    case 'warrant.revoked':
      return { text: 'revoked the warrant', quote: event.data.reason, action: event.data.request, tone: 'no' }
    case 'action.executed':
      return {
        text: `reported: ${event.data.outcome}`,
        quote: event.data.summary,
        action: event.data.request,
        evidence: event.data.result_sha256,
        tone: event.data.outcome === 'succeeded' ? 'yes' : 'no',
      }
    case 'probe.requested':
      return { text: 'asked for an independent look', action: event.data.request }
    case 'probe.reported':
      return {
        text: `looked: ${words(event.data.outcome)}`,
        quote: event.data.summary,
        action: event.data.request,
        evidence: event.data.result_sha256,
      }
    case 'verification.recorded':
      return {
        text: `judged that it ${event.data.outcome === 'passed' ? 'worked' : 'did not work'}`,
        quote: event.data.note,
        action: event.data.request,
        tone: event.data.outcome === 'passed' ? 'yes' : 'no',
      }
    default:
      return null
  }
}

/** confirmCase -> confirm case */
export function commandWords(command: string): string {
  return command.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
