import { actionWords } from './action-words'
import { escalation, waitsFor } from './late-words'
import type { AnyEvent, Sentence } from './sentence'
import type { NameOf } from './words'
import { words } from './words'

/** What proves a decision, where it is more than a session. */
const SIGNED: Readonly<Record<string, string>> = {
  webauthn: ' with a passkey',
  'oidc-nonce': ' with a sign-in for it',
}

export function actionSentence(event: AnyEvent, name: NameOf): Sentence | null {
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
      const key = SIGNED[event.data.method] ?? ''
      const verb = event.data.decision === 'approve' ? 'approved' : 'refused'
      return {
        text: `${verb} revision ${event.data.revision}${as}${key}, after ${Math.round(event.data.dwell_ms / 1_000)} s`,
        quote: event.data.reason,
        action: event.data.request,
        tone: verb === 'approved' ? 'yes' : 'no',
      }
    }
    case 'approval.awaited':
      return {
        text: `found half of the time for approving over: ${waitsFor(event.data.waits_for, name)}; ${escalation(event.data.escalated_to, name)}`,
        action: event.data.request,
        tone: 'no',
      }
    case 'execution.started':
      return { text: 'let the executor carry it out', action: event.data.request }
    case 'breakglass.invoked':
      return {
        text: 'broke the glass: let it run without its approvals, signed with a passkey',
        quote: event.data.reason,
        action: event.data.request,
        tone: 'no',
      }
    case 'breakglass.expired':
      return { text: 'ended the emergency unused', action: event.data.request }
    case 'breakglass.reviewed':
      return {
        text: `reviewed the emergency: ${event.data.outcome}`,
        quote: event.data.note,
        action: event.data.request,
        tone: event.data.outcome === 'justified' ? 'yes' : 'no',
      }
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
    case 'execution.settled':
      return {
        text: `found out what became of it: ${event.data.outcome === 'succeeded' ? 'it had its effect' : 'it had no effect'}`,
        quote: event.data.note,
        action: event.data.request,
        ...(event.data.evidence[0] ? { evidence: event.data.evidence[0] } : {}),
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
