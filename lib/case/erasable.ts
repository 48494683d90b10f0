import type { CaseEvent, MaskedSecret, Snapshot } from './event'

/** What stands where text has been. */
export const ERASED = '[erased]'

/** What each kind of event that can be erased holds: retention rules name these. */
export const HOLDS = {
  'finding.promoted': 'messages',
  'message.added': 'messages',
  'message.drifted': 'messages',
  'comment.added': 'comments',
  'entry.corrected': 'comments',
  'evidence.attached': 'evidence',
  'case.titled': 'reasons',
  'severity.set': 'reasons',
  'trust.raised': 'reasons',
  'nhi.linked': 'reasons',
  'nhi.unlinked': 'reasons',
  'nhi.none': 'reasons',
  'case.confirmed': 'reasons',
  'case.dismissed': 'reasons',
  'assignment.declined': 'reasons',
  'no_action.proposed': 'reasons',
  'exception.requested': 'reasons',
  'exception.refused': 'reasons',
  'case.closed': 'reasons',
} as const satisfies Partial<Record<CaseEvent['type'], string>>

type Erasable = Extract<CaseEvent, { type: keyof typeof HOLDS }>

/** A receipt or a probe's answer proves an action: it stays as long as the action does. */
const PROOFS: readonly string[] = ['receipt', 'probe']

/** Whether what an event says can be erased. What decides, moves or proves something can't: approvals, actions, stages, keys. */
export function isErasable(event: { type: string; data: unknown }): event is Erasable {
  if (!(event.type in HOLDS)) return false
  return !(event.type === 'evidence.attached' && PROOFS.includes((event as Erasable & Attached).data.kind))
}
type Attached = Extract<CaseEvent, { type: 'evidence.attached' }>

/**
 * What stays of an event's data: ids, times, levels, decisions; never text, nor a digest from which it could be guessed.
 * The same event with this in its place folds into a state from which every gate reads as before.
 */
export function leftOf(event: Erasable): Erasable['data'] {
  switch (event.type) {
    case 'finding.promoted': {
      const { data } = event
      return {
        ...data,
        title: ERASED,
        reporter_name: ERASED,
        note: blank(data.note),
        snapshot: data.snapshot && withoutWords(data.snapshot),
        secrets: unlabelled(data.secrets),
      }
    }
    case 'message.added':
      return {
        ...event.data,
        snapshot: withoutWords(event.data.snapshot),
        secrets: unlabelled(event.data.secrets),
      }
    case 'message.drifted':
      return { ...event.data, text: blank(event.data.text) }
    case 'comment.added':
      return { text: ERASED }
    case 'entry.corrected':
      return { ...event.data, text: ERASED, reason: blank(event.data.reason) }
    case 'evidence.attached':
      return withoutContent(event.data)
    case 'case.titled':
      return { title: ERASED }
    case 'case.confirmed':
      return { ...event.data, note: ERASED }
    case 'case.closed':
      return { ...event.data, summary: ERASED, lessons: blank(event.data.lessons) }
    case 'severity.set':
      return { ...event.data, reason: blank(event.data.reason) }
    case 'trust.raised':
    case 'nhi.none':
    case 'no_action.proposed':
      return { reason: ERASED }
    case 'nhi.linked':
    case 'nhi.unlinked':
    case 'case.dismissed':
    case 'assignment.declined':
    case 'exception.requested':
    case 'exception.refused':
      return { ...event.data, reason: ERASED }
  }
}

/** Where it was said, when, and how far that is proved stay; who said what does not. */
export function withoutWords<Kept extends Snapshot>(snapshot: Kept): Kept {
  const messages = snapshot.messages.map((message) => ({
    ...message,
    author: ERASED,
    author_id: null,
    author_flags: [],
    text: ERASED,
  }))
  // The digest of what came in could be compared with a guess.
  return { ...snapshot, messages, completeness_reason: blank(snapshot.completeness_reason), raw_sha256: null }
}

/** A keyed fingerprint says nothing without the key; what it was called may. */
export function unlabelled(secrets: readonly MaskedSecret[]): MaskedSecret[] {
  return secrets.map((secret) => ({ ...secret, label: ERASED }))
}

/** Content has no salt, so its digest and its size go as well. */
export function withoutContent<Kept extends Attached['data']>(evidence: Kept): Kept {
  return { ...evidence, sha256: '', bytes: 0, name: ERASED, source: ERASED }
}

function blank(text: string | null): string | null {
  return text === null ? null : ERASED
}
