import { NOTHING_WANTED } from '../act/facts'
import { KINDS } from '../act/kinds'
import { questionFor } from '../act/question'
import type { Case } from '../case/case'
import type { CaseCommand } from '../case/command'
import { type Actor, identified } from '../identity/actor'
import { rolesOfKind } from '../nhi/roles'
import type { Decision, PolicySet } from '../policy/question'
import { commandOf } from './command-of'
import { factsAt, type Past } from './past'
import type { Recorded } from './recorded'
import type { Judged } from './view'

/** Finds the policy set with this digest; or says, in a sentence, why it can't be asked. */
export type Policies = (bundle: string) => PolicySet | { readonly missing: string }

export const NOT_KEPT = {
  missing: 'The policy set that decided was not kept here, so nobody can ask it again.',
}

type Before = { readonly state: Case; readonly past: Past; readonly org: string }

/**
 * Puts the question behind some events, all of one decision, to the policy set that decided it, on the state, facts and roles as
 * they were, and says whether it answers the same. What can't be known is said, never assumed.
 */
export function judgeAgain(events: readonly Recorded[], before: Before, policies: Policies): Judged {
  const envelope = events[0]?.envelope
  if (!envelope) return unjudged(null, null, 'The event was erased, and its decision with it.')
  const { policy, actor: recorded } = envelope
  const asked = commandOf(events)
  if (!asked)
    return unjudged(
      null,
      policy,
      'Which command this was can’t be told: an event of it was erased, or is of a later version.',
    )
  const actor = actorThen(envelope, before)
  if (!actor)
    return unjudged(asked.command, policy, `The record doesn’t say what ${recorded.id} was at the time.`)
  const set = policies(policy.bundle)
  if ('missing' in set) return unjudged(asked.command, policy, set.missing)
  const facts = factsAt(before.past, before.state, {
    ...NOTHING_WANTED,
    members: [actor.id, behalfOf(actor) ?? actor.id],
    passkey: passkeyOf(events),
  })
  const command = asked as unknown as CaseCommand
  const subject = KINDS.case.subject(before.state, envelope.case, before.org, command, facts)
  if (needsRequest(asked.command) && !subject.request && policy.decision === 'deny')
    return unjudged(asked.command, policy, 'Which action the refused command named is not on the record.')
  const again = set.authorize(questionFor(actor, asked.command, subject, facts, envelope.at), 'replay')
  if (again.rules.includes('engine.failed') && !policy.rule.includes('engine.failed'))
    return unjudged(
      asked.command,
      policy,
      'The policy set that decided knows less than a question tells it today, and takes none of this form.',
    )
  return compared(asked.command, policy, again)
}

/** The passkey that signed, or was brought to sign: the event names it. */
function passkeyOf(events: readonly Recorded[]): string | null {
  const named = events.flatMap(({ envelope }) => envelope?.data.credential_id ?? [])
  return named.length ? String(named[0]) : null
}

type Policy = NonNullable<Recorded['envelope']>['policy']

/** Rules that no policy set holds: a refusal by one of them was policy's permission first. */
const OF_THE_PROGRAM = /^(?:core|passkey|approval)\./

function compared(command: string, policy: Policy, again: Decision): Judged {
  const { decision, decision_id, bundle } = policy
  const rules = policy.rule.split(',')
  const recorded = { decision, rules, bundle, decision_id }
  const now = {
    decision: again.permitted ? 'allow' : 'deny',
    rules: [...again.rules],
    reasons: [...again.reasons],
  }
  const ofTheProgram = rules.every((rule) => OF_THE_PROGRAM.test(rule))
  const same = ofTheProgram ? again.permitted : now.decision === decision && isSame(rules, now.rules)
  const sentence = !same
    ? `On record: ${decision} by ${rules.join(', ')}. Asked again, the same policy set says ${now.decision} by ${now.rules.join(', ')}.`
    : ofTheProgram
      ? 'Policy permits it, now as past; the program’s own rule, which no policy can switch off, refused it.'
      : 'Asked again, the policy set that decided says the same, by the same rules.'
  return { verdict: same ? 'same' : 'differs', command, recorded, again: now, sentence }
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return [...one].sort().join() === [...other].sort().join()
}

function unjudged(command: string | null, policy: Policy | null, sentence: string): Judged {
  const recorded = policy && {
    decision: policy.decision,
    rules: policy.rule.split(','),
    bundle: policy.bundle,
    decision_id: policy.decision_id,
  }
  return { verdict: 'unjudged', command, recorded, again: null, sentence }
}

/** Who it was, with the roles of the time. Made for the question alone: nothing is performed with it. */
function actorThen({ actor, at }: NonNullable<Recorded['envelope']>, { past, org }: Before): Actor | null {
  const { id, kind, via, auth } = actor
  const common = { org, via, auth, request: `replay of ${at}` }
  if (kind === 'system') return identified({ ...common, kind, id })
  if (kind === 'human') {
    const member = past.member(id)
    return member
      ? identified({ ...common, kind, id, name: member.name, roles: member.active ? member.roles : [] })
      : null
  }
  const nhi = past.nhi(id)
  if (!nhi) return null
  const { owner, name } = nhi.profile
  const behalf = actor.owner && actor.owner !== owner ? { onBehalfOf: actor.owner } : {}
  return identified({ ...common, kind, id, name, owner, roles: rolesOfKind(nhi.profile.kind), ...behalf })
}

function behalfOf(actor: Actor): string | undefined {
  return actor.kind === 'nhi' ? actor.onBehalfOf : undefined
}

const ABOUT_A_REQUEST: readonly string[] = [
  ...[
    'approveAction',
    'refuseAction',
    'startExecution',
    'recordVerification',
    'recordPlan',
    'reportPlanFailure',
  ],
  ...[
    'issueWarrant',
    'redeemWarrant',
    'reportExecution',
    'reportProbe',
    'amendAction',
    'withdrawAction',
    'requestProbe',
  ],
]

function needsRequest(command: string): boolean {
  return ABOUT_A_REQUEST.includes(command)
}
