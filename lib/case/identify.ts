import { type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import { accountable } from '../identity/actor'
import { type Case, isBefore, NO_CASE } from './case'
import { underWay } from './close'
import type { CaseCommand } from './command'
import { isGrave } from './confirm'
import type { CaseEvent, NhiLink, Severity } from './event'
import { isLightKind } from './lane'

type Of<Name extends CaseCommand['command']> = Extract<CaseCommand, { command: Name }>['input']

/** A finding becomes a case. The same message, or a secret that an open case holds, finds that case instead. */
export function promoteFinding(
  input: Of<'promoteFinding'>,
  given: Given<CaseCommand>,
): CaseEvent[] | Refusal {
  const { facts, actor } = given
  if (facts.duplicate) {
    return refuse('duplicate', 'This is on record already.', 'Open that case, or add this message to it.', {
      existing: facts.duplicate,
    })
  }
  if (facts.number === null) throw new Error('a promotion needs a case number among its facts')
  const light = input.severity === 'informational' && isLightKind(input.category, input.secrets)
  const promoted: CaseEvent = {
    type: 'finding.promoted',
    data: {
      ...input,
      number: facts.number,
      reporter: actor.kind === 'system' ? null : accountable(actor),
      lane: light ? 'light' : 'full',
    },
  }
  const start: CaseEvent = { type: 'case.state', data: { from: null, to: 'identify', reason: null } }
  return [promoted, start, ...linksBySecret(NO_CASE, input.secrets, given)]
}

/** A leaked key finds its NHI and owner by itself: its keyed fingerprint is among the registered credentials'. */
function linksBySecret(
  state: Case,
  secrets: { fingerprint: string; label: string }[],
  { facts }: Given<CaseCommand>,
): CaseEvent[] {
  const found = new Map<string, string>()
  for (const secret of secrets) {
    const nhi = facts.matches[secret.fingerprint]
    if (nhi && !state.linked.some((link) => link.nhi === nhi)) found.set(nhi, secret.label)
  }
  return [...found].flatMap(([id, label]) => {
    const nhi = facts.nhis[id]
    return nhi
      ? linked(state, {
          nhi: id,
          name: nhi.name,
          owner: nhi.owner,
          reason: `Its credential is in the message: ${label}`,
        })
      : []
  })
}

/** Whoever owns it is told at once when the case is somebody's already, and otherwise when it is assigned. */
function linked(state: Case, link: NhiLink): CaseEvent[] {
  const event: CaseEvent = { type: 'nhi.linked', data: link }
  return state.assignee && link.owner ? [event, told(link.nhi, link.owner)] : [event]
}

export function addMessage(
  state: Case,
  input: Of<'addMessage'>,
  given: Given<CaseCommand>,
): CaseEvent[] | Refusal {
  if (input.message_key && state.message_keys.includes(input.message_key)) {
    return refuse('duplicate', 'This message is part of the case already.', 'Nothing more is needed.', {
      existing: state.id,
    })
  }
  return [{ type: 'message.added', data: input }, ...linksBySecret(state, input.secrets, given)]
}

/** What somebody wrote instead of words that were erased is not kept either: only that it changed. */
export function recordDrift(state: Case, input: Of<'recordDrift'>): CaseEvent[] {
  const erased = state.snapshots.some(
    ({ seq, messages }) =>
      state.erased.includes(seq) && messages.some((message) => message.message_id === input.message_id),
  )
  return [{ type: 'message.drifted', data: erased ? { ...input, text: null } : input }]
}

export function attachEvidence(
  state: Case,
  input: Of<'attachEvidence'>,
  given: Given<CaseCommand>,
): CaseEvent[] | Refusal {
  if (state.evidence.some((each) => each.sha256 === input.sha256)) {
    return refuse(
      'duplicate',
      'This very content is attached already.',
      'Comment on it instead, if there is more to say.',
      { existing: state.id },
    )
  }
  return [
    { type: 'evidence.attached', data: { ...input, collected_by: given.actor.id, collected_at: given.now } },
  ]
}

export function setSeverity(state: Case, input: Of<'setSeverity'>): CaseEvent[] | Refusal {
  if (state.severity === input.severity)
    return refuse('conflict', `The severity is ${input.severity} already.`, 'Nothing more is needed.')
  if (lowers(state.severity, input.severity) && state.stage !== 'identify' && !input.reason) {
    return refuse('invalid', 'Lowering a severity after triage needs a reason.', 'Say why.', {
      field: 'reason',
    })
  }
  const set: CaseEvent = { type: 'severity.set', data: input }
  if (!confirmedByPromoter(state) || !isGrave(input.severity)) return [set]
  const reason = `Raised to ${input.severity}: another analyst than who promoted it must confirm it.`
  return underWay(state) ?? [set, { type: 'case.state', data: { from: state.stage, to: 'confirm', reason } }]
}

/** Fine while little is at stake; a severity that asks for a second person asks for one in hindsight, too. */
function confirmedByPromoter({ stage, confirmation, promoter }: Case): boolean {
  return confirmation !== null && confirmation.by === promoter && isBefore('confirm', stage)
}

const RANK: Readonly<Record<Severity, number>> = { informational: 0, low: 1, medium: 2, high: 3, critical: 4 }
function lowers(from: Severity | null, to: Severity): boolean {
  return from !== null && RANK[to] < RANK[from]
}

export function raiseTrust(state: Case, input: Of<'raiseTrust'>): CaseEvent[] | Refusal {
  if (state.vouched)
    return refuse('conflict', 'Somebody has vouched for it already.', 'Nothing more is needed.')
  return [{ type: 'trust.raised', data: input }]
}

export function linkNhi(state: Case, input: Of<'linkNhi'>, given: Given<CaseCommand>): CaseEvent[] | Refusal {
  const nhi = given.facts.nhis[input.nhi]
  if (!nhi)
    return refuse('not_found', 'There is no such non-human identity.', 'Register it first.', { field: 'nhi' })
  if (state.linked.some((link) => link.nhi === nhi.id))
    return refuse('conflict', `${nhi.name} is linked already.`, 'Nothing more is needed.')
  return linked(state, { nhi: nhi.id, name: nhi.name, owner: nhi.owner, reason: input.reason })
}

/** The desk shows it to the owner among what waits for them; that is the notice on record. */
export function told(nhi: string, owner: string): CaseEvent {
  return { type: 'owner.notified', data: { nhi, owner, through: 'desk' } }
}

export function unlinkNhi(state: Case, input: Of<'unlinkNhi'>): CaseEvent[] | Refusal {
  if (!state.linked.some((link) => link.nhi === input.nhi))
    return refuse('not_found', 'It is not linked to this case.', 'Reload the case.')
  if (state.requests.some((request) => request.action.target.nhi === input.nhi)) {
    return refuse(
      'conflict',
      'An action of this case is about it.',
      'It stays linked: the record shows what was done to it.',
    )
  }
  if (state.linked.length === 1 && state.stage !== 'identify') {
    return refuse(
      'gate',
      'It is the last one, and the case has passed the stage that needs it.',
      'Link the right one first, or go back to identify.',
    )
  }
  return [{ type: 'nhi.unlinked', data: input }]
}

export function declareNoNhi(state: Case, input: Of<'declareNoNhi'>): CaseEvent[] | Refusal {
  if (state.linked.length)
    return refuse(
      'conflict',
      'A non-human identity is linked to this case.',
      'Unlink it first, if it is not involved.',
    )
  return [{ type: 'nhi.none', data: input }]
}
