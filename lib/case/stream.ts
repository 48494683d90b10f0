import type { Wanted } from '../act/facts'
import { NOTHING_WANTED } from '../act/facts'
import type { Effect, EventMeta, Stream } from '../act/stream'
import { parseStatement } from '../record/approval'
import { orNull } from '../record/malformed'
import { type Case, NO_CASE, requestOf } from './case'
import type { CaseCommand } from './command'
import { deadlines } from './deadlines'
import { decide } from './decide'
import type { CaseEvent } from './event'
import { evolve } from './evolve'

/** What a command on a case needs to know of other streams, beyond those that the case itself names. */
export function caseWants(command: CaseCommand): Wanted {
  switch (command.command) {
    case 'promoteFinding': {
      const { message_key, secrets } = command.input
      return {
        ...NOTHING_WANTED,
        number: true,
        message_key,
        fingerprints: secrets.map((secret) => secret.fingerprint),
      }
    }
    case 'addMessage':
      return { ...NOTHING_WANTED, fingerprints: command.input.secrets.map((secret) => secret.fingerprint) }
    case 'linkNhi':
    case 'proposeAction':
    case 'amendAction':
      return { ...NOTHING_WANTED, nhis: [command.input.nhi] }
    case 'assignCase':
      return { ...NOTHING_WANTED, members: [command.input.assignee] }
    case 'requestException':
      return { ...NOTHING_WANTED, members: [command.input.owner] }
    case 'invokeBreakGlass':
    case 'approveAction': {
      const { statement, passkey } = command.input
      return { ...NOTHING_WANTED, head: headOf(statement), passkey: passkey?.credential_id ?? null }
    }
    case 'refuseAction':
      return { ...NOTHING_WANTED, head: headOf(command.input.statement) }
    case 'issueWarrant':
      return { ...NOTHING_WANTED, sealed: true }
    case 'requestErasure':
    case 'eraseByRule':
      return { ...NOTHING_WANTED, erasing: command.input.seqs }
    case 'correctEntry':
      return { ...NOTHING_WANTED, erasing: [command.input.seq] }
    case 'agreeErasure':
      return { ...NOTHING_WANTED, erasing: [] }
    case 'escalateCase':
    case 'escalateAssignment':
    case 'escalateApproval':
      return { ...NOTHING_WANTED, colleagues: true }
    default:
      return NOTHING_WANTED
  }
}

function headOf(statement: string): string | null {
  return orNull(() => parseStatement(new TextEncoder().encode(statement)))?.head ?? null
}

/** What is to be done after an event, by the worker. */
function react(state: Case, event: CaseEvent, meta: EventMeta): Effect[] {
  return [...deadlines(state, event, meta), ...consequences(state, event, meta)]
}

function consequences(state: Case, event: CaseEvent, meta: EventMeta): Effect[] {
  const chat = state.snapshots.some((snapshot) => snapshot.platform === 'slack' && snapshot.channel)
  const card: Effect[] = chat
    ? [{ job: 'card', payload: { case: meta.stream }, key: `card:${meta.stream}` }]
    : []
  switch (event.type) {
    case 'action.requested':
    case 'action.amended':
      return [
        ...card,
        {
          job: 'expire-action',
          payload: { case: meta.stream, request: event.data.request },
          at: event.data.expires_at,
          key: `expire:${event.data.request}`,
        },
      ]
    case 'exception.granted':
      return [
        {
          job: 'expire-exception',
          payload: { case: meta.stream, exception: event.data.exception },
          at: event.data.until,
          key: `expire:${event.data.exception}`,
        },
      ]
    case 'breakglass.invoked':
      return [
        ...card,
        {
          job: 'expire-break-glass',
          payload: { case: meta.stream, request: event.data.request },
          at: event.data.expires_at,
          key: `expire-break-glass:${event.data.request}`,
        },
      ]
    case 'breakglass.expired':
    case 'breakglass.reviewed':
      return card
    case 'verification.recorded': {
      const action = requestOf(state, event.data.request)?.action
      if (event.data.outcome !== 'passed' || action?.kind !== 'postgres.rotate-password') return card
      return [
        ...card,
        {
          job: 'rotated',
          payload: { case: meta.stream, nhi: action.target.nhi, on: meta.at.slice(0, 10) },
          key: `rotated:${event.data.request}`,
        },
      ]
    }
    case 'case.exported':
      // Written by the worker, unless the console does it itself.
      if (meta.actor.kind === 'system') return []
      return [{ job: 'export', payload: { stream: meta.stream, seq: meta.seq }, key: event.data.export }]
    case 'event.redacted':
      return [
        ...card,
        { job: 'remove-content', payload: { case: meta.stream }, key: `remove:${meta.stream}` },
      ]
    case 'case.overdue':
    case 'assignment.awaited':
    case 'approval.awaited': {
      const { stream, seq } = meta
      const notice = { job: 'notice', payload: { case: stream, seq }, key: `notice:${stream}:${seq}` }
      return chat ? [...card, notice] : []
    }
    case 'finding.promoted':
    case 'case.state':
    case 'case.titled':
    case 'case.assigned':
    case 'assignment.accepted':
    case 'assignment.declined':
    case 'severity.set':
    case 'case.reopened':
    // How far a change is, and who decided: the card says so.
    case 'action.planned':
    case 'approval.recorded':
    case 'action.executed':
    case 'action.withdrawn':
    case 'action.expired':
      return card
    default:
      return []
  }
}

export const caseStream: Stream<Case, CaseCommand, CaseEvent> = {
  kind: 'case',
  initial: NO_CASE,
  decide,
  evolve,
  react,
}
