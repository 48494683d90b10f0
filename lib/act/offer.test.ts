import { describe, expect, it } from 'vitest'
import type { Case } from '../case/case'
import type { Actor } from '../identity/actor'
import { given, type Step, saying } from './given.fixture'
import { offersFor } from './offers.fixture'
import { ada, as, assistant, bruno, chiara, executor, people } from './people.fixture'
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
  TOLERATED,
} from './story.fixture'

describe('offers', () => {
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
