import { type Request, UNDECIDED } from '../action/action'
import type { StatementDecision } from '../action/bound'
import type { Case } from '../case/case'
import type { CaseCommand } from '../case/command'
import { NEXT } from '../case/gates'
import type { Actor } from '../identity/actor'
import type { PolicySet } from '../policy/question'
import { refusalOf } from '../policy/refusal'
import { statementBytes } from '../record/approval'
import { fromUtf8 } from '../record/bytes'
import type { Registry } from '../registry/registry'
import { asNow } from './as-now'
import type { Facts } from './facts'
import { KINDS } from './kinds'
import { questionFor } from './question'
import { isRefusal, type Refusal } from './refusal'
import type { StreamKind } from './spec'
import { statementFor } from './statement'
import type { Offer } from './view/who'

/** What is known when a page is shown: the same that `perform` would know when the button is pressed. */
export type Moment = {
  readonly actor: Actor
  readonly stream: string
  readonly state: unknown
  readonly now: string
  readonly head: string | null
  readonly facts: Facts
  readonly policies: PolicySet
  readonly origin: string
}

type Sample = { readonly command: string; readonly input: unknown }

/** Refusals about what was typed don't close a button: the form answers those. Policy is asked all the same. */
const ABOUT_INPUT: readonly string[] = ['invalid', 'not_found', 'duplicate', 'unsupported']

/** Tries a command on the rules, without writing anything: open, or why not and who can. */
export function offer(kind: StreamKind, moment: Moment, sample: Sample): Offer {
  const no = tried(kind, moment, sample)
  if (!no) return { command: sample.command, open: true, reason: '', code: null }
  return { command: sample.command, open: false, reason: `${no.sentence} ${no.remedy}`, code: no.code }
}

function tried(kind: StreamKind, moment: Moment, sample: Sample): Refusal | null {
  const { stream, state, now, head, policies, origin } = moment
  const actor = asNow(moment.actor, moment.facts)
  // A sample's statement names the stream's head, which is one of its events without asking.
  const facts = { ...moment.facts, seen: head === null ? null : (moment.facts.seen ?? 0) }
  const given = {
    actor,
    stream,
    now,
    head,
    facts,
    origin,
    bundle: policies.bundle,
    command: sample,
    newId: (prefix: string) => `${prefix}_offer`,
  }
  const outcome = KINDS[kind].stream.decide(state, given)
  const no = isRefusal(outcome) && !ABOUT_INPUT.includes(outcome.code) ? outcome : null
  if (no && no.code !== 'assurance_required') return no
  const subject = KINDS[kind].subject(state, stream, actor.org, sample, facts)
  const decision = policies.authorize(questionFor(actor, sample.command, subject, facts, now), 'offer')
  // Nobody is led to sign in again, or to a passkey, for what policy would refuse them then.
  if (decision.permitted) return no
  const denied = refusalOf(decision)
  return denied.code === 'assurance_required' ? (no ?? denied) : denied
}

/** The commands that a case's page has buttons for. */
export function caseOffers(moment: Moment & { state: Case }): Offer[] {
  return caseSamples(moment.state).map((sample) => offer('case', moment, sample))
}

function caseSamples(state: Case): CaseCommand[] {
  const reason = 'reason'
  const nhi = state.linked[0]?.nhi ?? 'nhi_none'
  const next = state.stage === 'verify' || state.stage === 'closed' ? 'verify' : NEXT[state.stage]
  const outcome = state.no_action?.agreed
    ? 'no-action-needed'
    : state.exceptions.some((each) => each.status === 'active')
      ? 'risk-accepted'
      : 'remediated'
  return [
    { command: 'addComment', input: { text: reason } },
    { command: 'correctEntry', input: { seq: 0, correction: reason, reason: null } },
    {
      command: 'attachEvidence',
      input: {
        sha256: '0'.repeat(64),
        bytes: 1,
        media_type: 'text/plain',
        name: 'x',
        kind: 'text',
        source: 'x',
        tool: null,
        trust: 'typed',
      },
    },
    { command: 'retitleCase', input: { title: reason } },
    { command: 'setSeverity', input: { severity: state.severity === 'low' ? 'medium' : 'low', reason } },
    { command: 'raiseTrust', input: { reason } },
    { command: 'linkNhi', input: { nhi: 'nhi_none', reason } },
    { command: 'unlinkNhi', input: { nhi: unused(state) ?? nhi, reason } },
    { command: 'declareNoNhi', input: { reason } },
    {
      command: 'confirmCase',
      input: { criticality: 'high', privilege: 'high', exposure: 'unknown', note: reason },
    },
    { command: 'dismissCase', input: { disposition: 'benign', reason, duplicate_of: null } },
    { command: 'assignCase', input: { assignee: 'usr_none', team: null, due: null } },
    { command: 'acceptAssignment', input: {} },
    { command: 'declineAssignment', input: { reason } },
    {
      command: 'proposeAction',
      input: {
        kind: 'postgres.rotate-password',
        params: {},
        nhi,
        purpose: 'reason for it',
        not_before: null,
        reverts: null,
      },
    },
    { command: 'proposeNoAction', input: { reason } },
    { command: 'agreeNoAction', input: {} },
    {
      command: 'requestException',
      input: { nhi: null, reason, owner: 'usr_none', until: '2000-01-01T00:00:00.000Z' },
    },
    { command: 'advanceCase', input: { to: next } },
    { command: 'returnCase', input: { to: 'identify', reason } },
    { command: 'closeCase', input: { disposition: outcome, summary: reason, lessons: null } },
    { command: 'reopenCase', input: { to: 'identify', reason } },
    { command: 'exportCase', input: { purpose: reason } },
    { command: 'requestErasure', input: { seqs: [0], reason } },
    { command: 'placeHold', input: { reason } },
  ]
}

/** A linked identity that no action is about: the others stay, and the form says so. */
function unused({ linked, requests }: Case): string | undefined {
  return linked.find(({ nhi }) => !requests.some(({ action }) => action.target.nhi === nhi))?.nhi
}

/** What one may do about one action. */
export function requestOffers(moment: Moment & { state: Case }, request: Request): Offer[] {
  return requestSamples(moment, request).map((sample) => offer('case', moment, sample))
}

function requestSamples(moment: Moment & { state: Case }, request: Request): CaseCommand[] {
  const id = { request: request.id }
  const samples: CaseCommand[] = []
  if (UNDECIDED.includes(request.phase)) {
    const shown = (decision: StatementDecision) =>
      fromUtf8(statementBytes(statementFor(moment, request, decision, 'offer', moment.head ?? '')))
    samples.push(
      { command: 'approveAction', input: { ...id, statement: shown('approve'), dwell_ms: 0, passkey: null } },
      {
        command: 'refuseAction',
        input: { ...id, statement: shown('refuse'), reason: 'reason', dwell_ms: 0 },
      },
      {
        command: 'invokeBreakGlass',
        input: { ...id, statement: shown('break-glass'), reason: 'reason', passkey: null },
      },
      {
        command: 'amendAction',
        input: {
          ...id,
          reason: 'reason',
          kind: request.action.kind,
          params: {},
          nhi: request.action.target.nhi,
          purpose: 'another purpose',
          not_before: null,
        },
      },
    )
  }
  samples.push(
    { command: 'reviewBreakGlass', input: { ...id, outcome: 'justified', note: 'reason' } },
    { command: 'withdrawAction', input: { ...id, reason: 'reason' } },
    { command: 'startExecution', input: id },
    { command: 'settleExecution', input: { ...id, outcome: 'failed', evidence: [], note: 'reason' } },
    { command: 'requestProbe', input: id },
    { command: 'recordVerification', input: { ...id, outcome: 'passed', evidence: [], note: null } },
  )
  return samples
}

/** What one may do about an erasure that waits. */
export function erasureOffers(moment: Moment & { state: Case }, erasure: string): Offer[] {
  return [
    offer('case', moment, { command: 'agreeErasure', input: { erasure } }),
    offer('case', moment, { command: 'refuseErasure', input: { erasure, reason: 'reason' } }),
  ]
}

/** What one may do about a legal hold on a case. */
export function holdOffers(moment: Moment & { state: Case }, hold: string): Offer[] {
  return [offer('case', moment, { command: 'liftHold', input: { hold, reason: 'reason' } })]
}

/** What one may do about the organisation's holds and its retention rule. */
export function organisationErasureOffers(moment: Moment & { state: Registry }): Offer[] {
  const reason = 'reason'
  const { retention, retention_proposed: proposed } = moment.state
  const inForce = retention?.rule ?? 'ret_none'
  const waiting = proposed?.rule ?? 'ret_none'
  const samples: Sample[] = [
    { command: 'holdOrganisation', input: { reason } },
    { command: 'proposeRetention', input: { days: 365, what: ['messages'], except: [] } },
    { command: 'agreeRetention', input: { rule: waiting } },
    { command: 'refuseRetention', input: { rule: waiting, reason } },
    { command: 'stopRetention', input: { rule: inForce, reason } },
  ]
  return samples.map((sample) => offer('registry', moment, sample))
}

/** What one may do about a wish to accept the risk. */
export function exceptionOffers(moment: Moment & { state: Case }, exception: string): Offer[] {
  return [
    offer('case', moment, { command: 'grantException', input: { exception } }),
    offer('case', moment, { command: 'refuseException', input: { exception, reason: 'reason' } }),
  ]
}
