import fc from 'fast-check'
import { BEGINNING, happen, type Name, outcomeOf, type World } from '../act/given.fixture'
import {
  ada,
  alertbot,
  as,
  assistant,
  bruno,
  chiara,
  dev,
  esther,
  executor,
  FACTS,
  grace,
  hugo,
  ivo,
  withMember,
  withNhi,
} from '../act/people.fixture'
import { promotion, warranted } from '../act/story.fixture'
import type { Actor } from '../identity/actor'
import { HAPPY } from './happy.fixture'

/** Everybody with every right that a role could give: what then still holds is held by the rules alone. */
const everyone: readonly Actor[] = [
  ...[ada, bruno, grace, chiara, dev, ivo, hugo].map((one) => as(one, 'analyst', 'approver', 'admin')),
  ...[assistant, alertbot, executor, { ...assistant, onBehalfOf: 'usr_chiara' }],
  as(esther, 'auditor'),
]

/** What leads on from each stage, and in act from each phase of the latest action. */
const IN_STAGE: Readonly<Record<string, readonly Name[]>> = {
  identify: ['linkNhi', 'setSeverity', 'advanceCase', 'dismissCase'],
  confirm: ['confirmCase', 'confirmCase', 'confirmCase', 'dismissCase'],
  assign: ['assignCase', 'acceptAssignment', 'acceptAssignment', 'declineAssignment'],
  verify: [
    'recordVerification',
    'recordVerification',
    'closeCase',
    'closeCase',
    'requestProbe',
    'reportProbe',
    'returnCase',
  ],
  closed: ['reopenCase', 'exportCase', 'addComment', 'expireException', 'reportProbe'],
}
const SETTLING: readonly Name[] = [
  'proposeAction',
  'proposeAction',
  'advanceCase',
  'proposeNoAction',
  'agreeNoAction',
  'requestException',
  'grantException',
]
const IN_PHASE: Readonly<Record<string, readonly Name[]>> = {
  planning: ['recordPlan', 'recordPlan', 'reportPlanFailure', 'amendAction'],
  'plan-failed': ['recordPlan', 'withdrawAction'],
  'awaiting-approval': ['approveAction', 'approveAction', 'approveAction', 'refuseAction', 'amendAction'],
  approved: ['startExecution', 'startExecution', 'startExecution', 'amendAction', 'refuseAction'],
  started: ['issueWarrant', 'issueWarrant', 'withdrawAction', 'declineAssignment'],
  warranted: ['redeemWarrant', 'redeemWarrant', 'issueWarrant'],
  running: ['reportExecution', 'redeemWarrant'],
  unknown: ['reportExecution', 'requestProbe', 'reportProbe'],
  executed: ['advanceCase', 'advanceCase', 'requestProbe', 'proposeAction'],
}
const ALL = Object.keys(HAPPY) as Name[]

/** What may happen outside the case while it goes on. */
const OUTSIDE: readonly ((world: World) => World)[] = [
  ...[1, 3, 3, 3, 3, 60, 60 * 9].map((minutes) => (world: World) => happen(world, { minutes })),
  (world) => ({ ...world, facts: withNhi(world.facts, executor.id, { disabled: true }) }),
  (world) => ({ ...world, facts: withMember(world.facts, 'usr_chiara', { active: false }) }),
  (world) => ({ ...world, facts: withNhi(world.facts, 'nhi_svc-orders', { owner: 'usr_bruno' }) }),
  (world) => ({ ...world, facts: withNhi(world.facts, executor.id, { owner: 'usr_bruno' }) }),
  ...Array.from({ length: 12 }, () => (world: World) => ({ ...world, facts: FACTS })),
]

export const anyMove = fc.record({
  what: fc.nat(999),
  which: fc.nat(999),
  who: fc.nat(999),
  likely: fc.nat(9),
})
export type Move = typeof anyMove extends fc.Arbitrary<infer M> ? M : never

/** One step of a walk: mostly what would lead on, by whoever usually does it; sometimes anything, by anybody. */
export function walk(world: World, move: Move): { world: World; actor: Actor | null; name: Name | null } {
  if (move.what % 9 === 0) return { world: pick(OUTSIDE, move.which)(world), actor: null, name: null }
  const name = move.likely < 8 ? pick(likely(world), move.which) : pick(ALL, move.which)
  const actor = freshly(move.who % 10 < 6 ? HAPPY[name].when[0] : pick(everyone, move.who), world)
  return { world: tried(world, actor, name, move), actor, name }
}

function likely({ state }: World): readonly Name[] {
  if (!state.id) return ['promoteFinding']
  if (state.stage !== 'act') return IN_STAGE[state.stage] ?? ALL
  return IN_PHASE[state.requests.at(-1)?.phase ?? ''] ?? SETTLING
}

function tried(world: World, actor: Actor, name: Name, { which, who }: Move): World {
  try {
    return outcomeOf(world, actor, name, inputFor(name, which, who)).after
  } catch (error) {
    // The command is about an action that the case doesn't hold: there is nothing to send.
    if (error instanceof Error && /holds no such request|"invalid_|"code"/.test(error.message)) return world
    throw error
  }
}

const SEVERITIES = ['low', 'medium', 'high'] as const
const OUTCOMES = ['succeeded', 'succeeded', 'failed', 'unknown'] as const

function inputFor(name: Name, which: number, who: number) {
  const usual = HAPPY[name].when[2] ?? {}
  return (world: World, actor: Actor): object => {
    const input = typeof usual === 'function' ? usual(world, actor) : usual
    switch (name) {
      case 'promoteFinding':
        return promotion({ severity: pick(SEVERITIES, who) })
      case 'setSeverity':
        return { severity: pick(SEVERITIES, who), reason: 'Because.' }
      case 'issueWarrant':
        return warranted({ jti: `wrt_${world.kept.length.toString(16).padStart(32, '0')}` })(world)
      case 'reportExecution':
        return { ...input, outcome: pick(OUTCOMES, which) }
      case 'recordVerification':
        return { ...input, outcome: who % 3 ? 'passed' : 'failed' }
      case 'advanceCase':
        return { to: world.state.stage === 'identify' ? 'confirm' : 'verify' }
      case 'assignCase':
        return { assignee: pick(['usr_ada', 'usr_bruno'], who) }
      case 'closeCase':
        return { ...input, disposition: pick(['remediated', 'risk-accepted', 'no-action-needed'], who) }
      default:
        return input
    }
  }
}

/** Signed in a minute ago, and owned by whom the registry says: what a walk is about is who they are. */
function freshly(actor: Actor, { now, facts }: World): Actor {
  const owned = actor.kind === 'nhi' ? { owner: facts.nhis[actor.id]?.owner ?? null } : {}
  return { ...actor, ...owned, auth: { ...actor.auth, auth_time: Date.parse(now) / 1000 - 60 } }
}

export function pick<T>(list: readonly T[], index: number): T {
  const chosen = list[index % list.length]
  if (chosen === undefined) throw new Error('there is nothing to pick from')
  return chosen
}

/** Where these moves lead from the beginning. */
export function walked(moves: readonly Move[]): World {
  return moves.reduce((world, move) => walk(world, move).world, BEGINNING)
}
