import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Case } from '../case/case'
import { HAPPY } from '../case/happy.fixture'
import { anyMove, pick, walked } from '../case/walk.fixture'
import type { Actor } from '../identity/actor'
import { CASE, given, HEAD, type Name, ORIGIN, type Step, saying, type World } from './given.fixture'
import type { Ledger } from './ledger'
import { caseOffers, exceptionOffers, requestOffers } from './offer'
import { ada, alertbot, as, assistant, bruno, chiara, executor, people } from './people.fixture'
import { perform } from './perform'
import { organisation, shipped } from './perform.fixture'
import { isRefusal, type Refusal } from './refusal'
import {
  ACCEPTED,
  APPROVED,
  about,
  CLOSED,
  CONFIRMED,
  EXECUTED,
  MESSAGE,
  PLANNED,
  PROMOTED,
  ROTATION,
  TOLERATED,
} from './story.fixture'

const viewers: readonly Actor[] = [
  ...people,
  as(bruno, 'analyst', 'approver'),
  as(ada, 'analyst', 'approver'),
  assistant,
  alertbot,
]
const ABOUT_INPUT: readonly (string | undefined)[] = ['invalid', 'not_found', 'duplicate', 'unsupported']

function momentOf({ state, now, facts }: World, actor: Actor) {
  return { actor, stream: CASE, state, now, head: HEAD, facts, policies: shipped, origin: ORIGIN }
}

function offersFor(world: World, actor: Actor) {
  const moment = momentOf(world, actor)
  const latest = world.state.requests.at(-1)
  const asked = world.state.exceptions.at(-1)
  return [
    ...caseOffers(moment),
    ...(latest ? requestOffers(moment, latest) : []),
    ...(asked ? exceptionOffers(moment, asked.id) : []),
  ]
}

/** The command as somebody would really send it: with what makes sense on this case. */
function sent(name: Name, world: World, actor: Actor): object {
  const { state } = world
  switch (name) {
    case 'assignCase':
      return { assignee: state.assignee === 'usr_ada' ? 'usr_bruno' : 'usr_ada' }
    case 'setSeverity':
      return { severity: state.severity === 'low' ? 'medium' : 'low', reason: 'Because.' }
    case 'advanceCase':
      return {
        to: {
          identify: 'confirm',
          confirm: 'assign',
          assign: 'act',
          act: 'verify',
          verify: 'verify',
          closed: 'verify',
        }[state.stage],
      }
    case 'returnCase':
      return { to: 'identify', reason: 'Because.' }
    case 'reopenCase':
      return { to: 'identify', reason: 'Because.' }
    case 'linkNhi':
      return {
        nhi: state.linked.some((link) => link.nhi === 'nhi_svc-reports')
          ? 'nhi_orders-root'
          : 'nhi_svc-reports',
        reason: 'Because.',
      }
    case 'attachEvidence':
      return {
        sha256: '7'.repeat(64),
        bytes: 1,
        media_type: 'text/plain',
        name: 'x',
        kind: 'file',
        source: 'x',
        tool: null,
        trust: 'typed',
      }
    case 'proposeAction':
      return { ...ROTATION, nhi: state.linked[0]?.nhi ?? 'nhi_svc-orders' }
    default: {
      const usual = HAPPY[name].when[2] ?? {}
      return typeof usual === 'function' ? usual(world, actor) : usual
    }
  }
}

/** The real `perform` on the case as it is in this world; nothing is kept. */
async function performed(world: World, actor: Actor, command: Name): Promise<Refusal | null> {
  const { state, now, facts } = world
  const page = { version: 9, head: HEAD, state, now, answered: null, facts: { ...facts, seen: 0 } }
  const ledger: Ledger = {
    open: async () => page,
    write: async () => 'written',
    alone: async (_actor, _stream, work) => work(ledger),
  }
  const { deps } = organisation({ ledger })
  const outcome = await perform(deps, actor, {
    kind: 'case',
    stream: CASE,
    key: 'k',
    command,
    input: sent(command, world, actor),
  })
  return isRefusal(outcome) ? outcome : null
}

describe('offers', () => {
  it('agree with the rules: what is open is not refused for who or when, and what is closed is refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyMove, { minLength: 4, maxLength: 50, size: 'max' }),
        fc.nat(),
        async (moves, who) => {
          const world = walked(moves)
          if (!world.state.id) return
          const fresh = { auth_time: Date.parse(world.now) / 1000 - 60 }
          const viewer = pick(viewers, who)
          const actor = { ...viewer, auth: { ...viewer.auth, ...fresh } }
          for (const { command, open, reason } of offersFor(world, actor)) {
            const refusal = await performed(world, actor, command as Name)
            const about = `${actor.id} ${command} in ${world.state.stage}: "${reason}" but ${refusal?.code}: ${refusal?.sentence}`
            if (open) expect(refusal === null || ABOUT_INPUT.includes(refusal.code), about).toBe(true)
            else expect(refusal, about).not.toBeNull()
          }
        },
      ),
      { numRuns: 25 },
    )
  })

  const open = (steps: readonly Step[], actor: Actor) =>
    offersFor(given(...steps).world, actor)
      .filter((each) => each.open)
      .map((each) => each.command)

  it.each<[string, readonly Step[], Actor, string, boolean]>([
    ['an analyst confirms', PROMOTED, bruno, 'confirmCase', true],
    ['a reporter does not', PROMOTED, people[8] ?? bruno, 'confirmCase', false],
    ['the assignee can hand the case on', ACCEPTED, ada, 'assignCase', true],
    ['an approver approves what waits', PLANNED, chiara, 'approveAction', true],
    ['and can still refuse it afterwards', APPROVED, chiara, 'refuseAction', true],
    [
      'the requester approves nothing of their own',
      PLANNED,
      as(ada, 'analyst', 'approver'),
      'approveAction',
      false,
    ],
    ['an auditor links nothing', ACCEPTED, people[6] ?? bruno, 'linkNhi', false],
    ['an auditor asks for no exception', ACCEPTED, people[6] ?? bruno, 'requestException', false],
    ['an executed action lets the case move on', EXECUTED, ada, 'advanceCase', true],
    ['an approver grants an exception', TOLERATED, chiara, 'grantException', true],
    ['a closed case can be reopened', CLOSED, ada, 'reopenCase', true],
    ['and nothing else be decided', CLOSED, ada, 'confirmCase', false],
    ['an agent proposes', ACCEPTED, assistant, 'proposeAction', true],
    ['and starts nothing', APPROVED, assistant, 'startExecution', false],
    [
      'a case that went back can move on again',
      [...CONFIRMED, [bruno, 'returnCase', { to: 'identify', reason: 'Hm.' }]],
      bruno,
      'advanceCase',
      true,
    ],
  ])('%s', (_, steps, actor, command, expected) => {
    expect(open(steps, actor).includes(command)).toBe(expected)
  })

  it('give the reason and who can, in the words that the server would use', () => {
    const { world } = given(...PLANNED)
    const mine = offersFor(world, as(ada, 'analyst', 'approver')).find(
      (each) => each.command === 'approveAction',
    )
    expect(mine).toMatchObject({ open: false, code: 'separation_of_duties' })
    expect(mine?.reason).toBe(
      'You asked for this action, so somebody else must decide on it. Anyone else with the approver role can.',
    )
  })

  it('C40: nothing is proposed on the word of nobody knows whom, until somebody vouches for it', async () => {
    const typed = { ...MESSAGE, trust: 'typed' as const }
    const steps: Step[] = ACCEPTED.map((step) =>
      'minutes' in step || 'facts' in step || step[1] !== 'promoteFinding'
        ? step
        : [step[0], step[1], { ...(step[2] as object), snapshot: typed }],
    )
    expect(open(steps, ada)).not.toContain('proposeAction')
    expect(open([...steps, [bruno, 'raiseTrust', { reason: 'I saw it.' }]], ada)).toContain('proposeAction')
  })

  it('are without effect: the case is the same before and after', () => {
    const { world } = given(...PLANNED, [executor, 'addComment', { text: 'x' }])
    const before = structuredClone(world.state) as Case
    offersFor(world, chiara)
    expect(world.state).toEqual(before)
    expect([about(world).request, saying('approve')(world, chiara).request]).toEqual(['req_1', 'req_1'])
  })
})
