import type { CaseEvent, Snapshot } from '../case/event'
import type { NhiEvent } from '../nhi/event'
import type { RegistryEvent } from '../registry/event'
import { correctionSentence } from './corrections'
import { escalation, waitsFor } from './late-words'
import { actionSentence } from './sentence-action'
import { erasureSentence } from './sentence-erasure'
import { nhiSentence } from './sentence-nhi'
import { registrySentence } from './sentence-registry'
import type { NameOf } from './words'
import { words } from './words'

/** What an event says, after the name of who did it; `quote` is somebody's own text, shown as said. */
export type Sentence = {
  text: string
  quote?: string | null
  tone?: 'no' | 'yes' | undefined
  action?: string
  evidence?: string
  /** The entry of the same stream that it is about. */
  entry?: number
}
export type AnyEvent = CaseEvent | NhiEvent | RegistryEvent

export function sentence(
  entry: { type: string; data: Record<string, unknown>; erased?: boolean },
  name: NameOf,
): Sentence {
  if (entry.erased) return { text: `recorded ${entry.type}; what it said was erased` }
  // The API's entries carry the record's own types; an event of a later version names itself.
  const event = entry as unknown as AnyEvent
  return (
    caseSentence(event, name) ??
    erasureSentence(event, name) ??
    nhiSentence(event, name) ??
    registrySentence(event, name) ?? { text: `recorded ${entry.type}` }
  )
}

/** One message of a thread that came by itself is an answer in it; anything else was put there by somebody. */
function added({ trust, thread, messages }: Snapshot): Sentence {
  const [answer] = messages
  return trust === 'delivered' && thread !== null && answer && messages.length === 1
    ? { text: 'kept an answer in the thread', quote: answer.text }
    : { text: 'attached another message' }
}

function kindOf(category: string): string {
  return category === 'other' ? 'a case' : `a ${words(category)} case`
}

function caseSentence(event: AnyEvent, name: NameOf): Sentence | null {
  switch (event.type) {
    case 'finding.promoted':
      return {
        text: `promoted the finding as ${kindOf(event.data.category)}${event.data.severity ? `, ${event.data.severity}` : ''}`,
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
      return added(event.data.snapshot)
    case 'message.drifted':
      return {
        text: `saw that a promoted message was ${event.data.change} in chat; the original stands`,
        quote: event.data.text,
      }
    case 'evidence.attached':
      return { text: `attached ${event.data.name}`, evidence: event.data.sha256 }
    case 'evidence.withheld':
      return { text: 'kept a piece of evidence out of exports', quote: event.data.reason }
    case 'comment.added':
      return { text: 'commented', quote: event.data.text }
    case 'entry.corrected':
      return correctionSentence(event.data)
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
    case 'case.overdue':
      return {
        text: `found the case overdue: ${waitsFor(event.data.waits_for, name)}; ${escalation(event.data.escalated_to, name)}`,
        tone: 'no',
      }
    case 'assignment.awaited':
      return {
        text: `found the case not accepted: ${waitsFor(event.data.waits_for, name)}; ${escalation(event.data.escalated_to, name)}`,
        tone: 'no',
      }
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

/** confirmCase -> confirm case */
export function commandWords(command: string): string {
  return command.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
