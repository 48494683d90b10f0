import { describe, expect, it } from 'vitest'
import { CASE, given, type Step, saying } from '../act/given.fixture'
import { ada, chiara, executor, grace } from '../act/people.fixture'
import {
  ACCEPTED,
  ASSIGNED,
  about,
  CLOSED,
  CONFIRMED,
  PLANNED,
  planned,
  ROTATION,
} from '../act/story.fixture'
import type { Effect } from '../act/stream'
import type { Case } from './case'
import { NO_CASE } from './case'
import { evolve } from './evolve'
import { caseStream } from './stream'

/** The jobs that wait at the end of a story, as the queue keeps them: one for each key. */
function queued(steps: readonly Step[]): Map<string, Effect> {
  const jobs = new Map<string, Effect>()
  let state: Case = NO_CASE
  for (const { event, meta } of given(...steps).world.kept) {
    state = evolve(state, event, meta)
    for (const effect of caseStream.react(state, event, meta)) {
      const key = effect.key ?? ''
      if (effect.drop) jobs.delete(key)
      else jobs.set(key, effect)
    }
  }
  return new Map([...jobs].filter(([, { job }]) => job.startsWith('escalate-')))
}

const [OVERDUE, UNANSWERED] = [`overdue:${CASE}`, `unanswered:${CASE}`]
const awaitedIn = (steps: readonly Step[]) =>
  [...queued(steps).values()].find(({ job }) => job === 'escalate-approval')

describe('the clocks of a case', () => {
  it('are set when somebody is asked to take it: at its due time, and half way there', () => {
    expect(queued(CONFIRMED).size).toBe(0)
    const jobs = queued(ASSIGNED)
    expect(jobs.get(OVERDUE)?.at).toBe('2026-03-05T08:00:00.000Z')
    expect(jobs.get(UNANSWERED)?.at).toBe('2026-03-03T20:00:00.000Z')
  })

  it('are set anew with another due time, and stop when it is accepted, declined or closed', () => {
    expect([...queued(ACCEPTED).keys()]).toEqual([OVERDUE])
    const due = '2026-03-10T08:00:00.000Z'
    const handed = queued([...ACCEPTED, [ada, 'assignCase', { assignee: 'usr_bruno', due }]])
    expect(handed.get(OVERDUE)).toMatchObject({ at: due, payload: { due } })
    expect(handed.get(UNANSWERED)).toMatchObject({ payload: { assignee: 'usr_bruno', due } })
    const declined = queued([...ASSIGNED, [ada, 'declineAssignment', { reason: 'On leave.' }]])
    expect([...declined.keys()]).toEqual([OVERDUE])
    expect(queued(CLOSED).size).toBe(0)
    const reopened = queued([...CLOSED, [grace, 'reopenCase', { to: 'act', reason: 'Again.' }]])
    expect([...reopened.keys()]).toEqual([OVERDUE])
  })

  it('go off half way from the dry run to the end of a request, and stop with an answer', () => {
    expect(awaitedIn(PLANNED)).toMatchObject({ at: '2026-03-02T12:00:00.000Z', payload: { revision: 1 } })
    const answers: Step[] = [
      [chiara, 'approveAction', saying('approve')],
      [chiara, 'refuseAction', saying('refuse')],
      [ada, 'withdrawAction', (world) => ({ ...about(world), reason: 'Not needed.' })],
    ]
    for (const answer of answers) expect(awaitedIn([...PLANNED, answer])).toBeUndefined()
    const amended: Step[] = [
      ...PLANNED,
      { minutes: 60 },
      [
        ada,
        'amendAction',
        (world) => ({ ...about(world), ...ROTATION, purpose: 'Another purpose of it', reason: 'Clearer.' }),
      ],
    ]
    expect(awaitedIn(amended)).toBeUndefined()
    const again = awaitedIn([...amended, [executor, 'recordPlan', planned]])
    expect(again).toMatchObject({ at: '2026-03-02T13:00:00.000Z', payload: { revision: 2 } })
  })
})
