import { standing } from '../action/action'
import type { Case } from '../case/case'
import { requestOf } from '../case/case'
import { shortCode } from './case-then'
import { code, digestOf, list, party, seqs, text, time } from './facts'
import { attached, proved } from './proof'
import { folded, type Recorded } from './recorded'
import { of, type Told } from './told'
import type { Answer, Answers, Fact } from './view'

/**
 * Who asked for an action, who approved it, who carried it out, and what proves it: told from the case's events alone.
 * Null when the case holds no such action. Each answer names the events that it rests on.
 */
export function answersTo(all: readonly Recorded[], id: string, name: Told['name']): Answers | null {
  const state = folded('case', all) as Case
  const request = requestOf(state, id)
  if (!request) return null
  const events = all.filter(({ envelope }) => envelope?.data.request === id)
  const told: Told = { request, events, all, state, name }
  const { action, digest, revision, quorum, phase } = request
  return {
    request: id,
    revision,
    status: phase === 'warranted' ? 'running' : phase,
    action,
    action_digest: digest,
    short_code: shortCode(digest),
    tier: quorum.tier,
    answers: [asked(told), approved(told), executed(told), proved(told)],
    separation: separation(told),
    events: [...new Set([...events, ...attached(told)].map(({ seq }) => seq))].sort(
      (one, other) => one - other,
    ),
  }
}

function asked(told: Told): Answer {
  const { request, name } = told
  const { requester, requester_accountable: accountable, action, revision, digest } = request
  const agent = requester !== accountable
  const amended =
    revision > 1 ? ` and it was amended ${revision === 2 ? 'once' : `${revision - 1} times`}` : ''
  return {
    question: 'requested',
    answered: true,
    sentence: `${name(requester)} asked for it${amended}.${agent ? ` ${name(accountable)} answers for that.` : ''}`,
    parties: [party(requester, 'asked', accountable)],
    facts: [
      text('Purpose', action.purpose),
      code('Short code', shortCode(digest)),
      digestOf('Digest of the exact action', digest),
      time('Last asked', of(told, 'action.requested', 'action.amended').at(-1)?.at),
    ],
    events: seqs(of(told, 'action.requested', 'action.amended', 'action.withdrawn', 'action.expired')),
  }
}

function approved(told: Told): Answer {
  const { request, name } = told
  const { quorum, approvals, revision } = request
  const standingNow = standing(request)
  const needed = quorum.approvals + (quorum.owner ? 1 : 0)
  const refused = approvals.find((each) => each.decision === 'refuse')
  const names = standingNow.map(
    ({ approver, as_owner }) => `${name(approver)}${as_owner ? ' as the owner' : ''}`,
  )
  const sentence = refused
    ? `${name(refused.approver)} refused it.`
    : names.length
      ? `${list(names)} approved revision ${revision}: ${standingNow.length} of ${needed}.`
      : `Nobody has approved it: ${needed} ${needed === 1 ? 'approval is' : 'approvals are'} needed.`
  return {
    question: 'approved',
    answered: names.length > 0 || refused !== undefined,
    sentence,
    parties: approvals.map(({ approver, decision, void: voided }) =>
      party(approver, voided ? 'approval void' : decision === 'approve' ? 'approved' : 'refused'),
    ),
    facts: of(told, 'approval.recorded').flatMap((event) => approvalFacts(event, told)),
    events: seqs(of(told, 'approval.recorded', 'approvals.voided', 'policy.denied')),
  }
}

const METHODS: Readonly<Record<string, string>> = {
  session: 'signed in',
  'fresh-sign-in': 'signed in afresh for it',
  webauthn: 'passkey signature over this exact action',
  'oidc-nonce': 'sign-in bound to this exact action',
}

function approvalFacts({ envelope, seq }: Recorded, { name }: Told): Fact[] {
  const data = envelope?.data ?? {}
  const of = (what: string) => `${name(String(data.approver))}: ${what}`
  const method = String(data.method)
  return [
    text(
      of('method'),
      `${METHODS[method] ?? method}, after ${Math.round(Number(data.dwell_ms) / 1_000)} s`,
      seq,
    ),
    digestOf(of('statement'), `sha256:${data.statement_sha256}`, seq),
    ...(data.assertion_sha256 ? [digestOf(of('assertion'), `sha256:${data.assertion_sha256}`, seq)] : []),
    ...signInFacts(data.sign_in, of, seq),
    ...(data.credential_id ? [code(of('credential'), String(data.credential_id), seq)] : []),
  ]
}

/** Whose word it is, and about whom. */
function signInFacts(signIn: unknown, of: (what: string) => string, seq: number): Fact[] {
  if (!signIn) return []
  const { issuer, subject } = signIn as { issuer: string; subject: string }
  return [code(of('signed in at'), issuer, seq), code(of('signed in as'), subject, seq)]
}

function executed(told: Told): Answer {
  const { request, name } = told
  const { action, executor_owner, warrant, result } = request
  const started = of(told, 'execution.started').at(-1)
  const report = of(told, 'action.executed').at(-1)
  const by = name(action.executor)
  const outcomes = {
    succeeded: 'carried it out',
    failed: 'tried, and it failed',
    unknown: 'tried; the outcome isn’t known',
  }
  const sentence = result
    ? `${by} ${outcomes[result.outcome]}. ${name(executor_owner)} answers for that.`
    : warrant
      ? `${by} holds the authority to carry it out, and has reported nothing yet.`
      : 'Nobody has carried it out.'
  return {
    question: 'executed',
    answered: result !== null,
    sentence,
    parties: [
      ...(started ? [party(started.actor, 'let it be carried out')] : []),
      ...(warrant || result ? [party(action.executor, 'carried it out', executor_owner)] : []),
    ],
    facts: [
      ...(result ? [text('Reported', result.summary), time('Finished', result.finished_at)] : []),
      ...(warrant ? [code('Warrant, used once', warrant.jti), code('Connector', action.connector)] : []),
      ...(warrant?.redeemed_at ? [time('Warrant redeemed', warrant.redeemed_at)] : []),
      ...(report && result
        ? [digestOf('Digest of the receipt', `sha256:${result.result_sha256}`, report.seq)]
        : []),
    ],
    events: seqs(
      of(
        told,
        'execution.started',
        'warrant.issued',
        'warrant.redeemed',
        'warrant.revoked',
        'action.executed',
      ),
    ),
  }
}

/** The people who answer for each part, compared as the rules compare them: an agent counts as its owner. */
function separation({ request, name }: Told): Answers['separation'] {
  const parts: [string, string][] = [
    ['asked', request.requester_accountable],
    ...standing(request).map(({ approver }): [string, string] => ['approved', approver]),
    ...(request.warrant || request.result ? [['executed', request.executor_owner] as [string, string]] : []),
    ...(request.verification ? [['verified', request.verification.verifier] as [string, string]] : []),
  ]
  const people = new Set(parts.map(([, person]) => person))
  const twice = [...people].filter(
    (person) => new Set(parts.filter(([, who]) => who === person).map(([part]) => part)).size > 1,
  )
  return {
    distinct: twice.length === 0,
    people: people.size,
    sentence: twice.length
      ? `${list(twice.map(name))} took more than one part.`
      : people.size === 1
        ? 'So far one person answers for it.'
        : `${people.size} different people answer for its parts.`,
  }
}
