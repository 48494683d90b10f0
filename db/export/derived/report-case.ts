import { type Approval, type Request, standing } from '@/lib/action/action'
import type { Case } from '@/lib/case/case'
import { visibleText } from '@/lib/chat/visible'
import { actionWords } from '@/lib/telling/action-words'
import { type NameOf, words } from '@/lib/telling/words'
import { moment } from './cover'

/** What was kept of a case's events while they were read. */
export type Happened = {
  readonly events: {
    seq: number
    at: string
    who: string
    what: string
    quote: string
    /** What it was corrected to since, the newest first. */
    corrected: { how: string; quote: string }[]
  }[]
  leftOut: number
  readonly people: Map<string, { who: string; kind: 'human' | 'nhi' | 'system'; events: number }>
}

/** One case as the report shows it. */
export type CaseReport = ReturnType<typeof caseReport>

const KIND = { human: 'person', nhi: 'non-human identity', system: 'On Record itself' }

export function caseReport(state: Case, happened: Happened, name: NameOf) {
  const say = (id: string | null | undefined) => visibleText(name(id))
  const people = [...happened.people.values()].sort((a, b) => b.events - a.events)
  return {
    number: String(state.number),
    title: visibleText(state.title),
    category: words(state.category),
    severity: state.severity ?? 'not set',
    reporter: visibleText(state.promoter ? name(state.promoter) : state.reporter_name),
    opened: moment(state.opened_at),
    stage: state.stage,
    disposition: state.disposition ? words(state.disposition) : '',
    summary: visibleText(state.summary ?? ''),
    lessons: visibleText(state.lessons ?? ''),
    people: people.map(({ kind, ...one }) => ({ ...one, kind: KIND[kind] })),
    gates: state.passed.map(({ stage, by, at }) => ({ stage, by: say(by), at: second(at) })),
    changes: state.requests.map((request) => changeOf(request, say)),
    evidence: state.evidence.map((each) => ({
      name: visibleText(each.name),
      source: visibleText(each.source),
      by: say(each.collected_by),
      bytes: each.bytes,
      sha256: each.sha256,
      withheld: each.kind === 'sealed-secret' || state.withheld.includes(each.sha256),
      'withheld-why':
        each.kind === 'sealed-secret' ? 'a leaked secret, sealed to the executor' : 'said on record',
    })),
    events: happened.events,
    'events-left-out': happened.leftOut,
  }
}

function second(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 19)}`
}

/** That it went without its approvals, on whose word, and what the others said to that. */
function emergencyOf({ breakglass }: Request, say: NameOf): string {
  if (!breakglass) return ''
  const { invoker, at, reason, reviews } = breakglass
  const said = reviews.map(
    ({ reviewer, outcome, note }) => `${say(reviewer)}: ${outcome}, “${visibleText(note)}”`,
  )
  const how = `${say(invoker)} let it run without its approvals, ${moment(at)}: “${visibleText(reason)}”`
  return [how, ...(said.length ? said : ['Nobody has reviewed it yet.'])].join(' ')
}

function changeOf(request: Request, say: NameOf) {
  const { action, digest, warrant, result, verification, quorum } = request
  const hex = digest.replace('sha256:', '')
  return {
    what: visibleText(actionWords(action)),
    purpose: visibleText(action.purpose),
    // The same short code that was read out when it was approved.
    code: `${hex.slice(0, 4)} ${hex.slice(4, 8)}`.toUpperCase(),
    requester: `${say(request.requester)}${request.proposed_by_agent ? ` (an agent of ${say(request.requester_accountable)})` : ''}`,
    executor: `${say(action.executor)}, which ${say(request.executor_owner)} answers for`,
    tier: `${quorum.tier}: ${quorum.approvals} ${quorum.approvals === 1 ? 'approval' : 'approvals'}${quorum.owner ? ' and the owner’s' : ''}, ${standing(request).length} given`,
    outcome: result ? `${words(result.outcome)}: ${visibleText(result.summary)}` : words(request.phase),
    warrant: warrant
      ? `${warrant.jti}${warrant.redeemed_at ? `, redeemed ${second(warrant.redeemed_at)}` : ', not redeemed'}`
      : '',
    verification: verification
      ? `${verification.outcome}, by ${say(verification.verifier)}, ${moment(verification.at)}`
      : '',
    emergency: emergencyOf(request, say),
    digest: hex,
    approvals: request.approvals.map((each) => ({
      who: `${say(each.approver)}${each.as_owner ? ', as the owner' : ''}`,
      decision: each.decision,
      void: each.void,
      method: methodOf(each),
      at: second(each.at),
      statement: each.statement_sha256,
    })),
  }
}

function methodOf({ method, sign_in }: Pick<Approval, 'method' | 'sign_in'>): string {
  if (!sign_in) return words(method)
  return `sign-in for exactly this, as ${visibleText(sign_in.subject)} at ${visibleText(sign_in.issuer)}`
}
