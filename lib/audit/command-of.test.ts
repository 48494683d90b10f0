import { expect, test } from 'vitest'
import { CASE, type Step } from '../act/given.fixture'
import { ada, bruno, chiara, esther, executor, grace, hugo } from '../act/people.fixture'
import { inputOf, organisation } from '../act/perform.fixture'
import { isRefusal } from '../act/refusal'
import * as story from '../act/story.fixture'
import { eventsIn } from './audit.fixture'
import { commandOf } from './command-of'

const REASON = { reason: 'Because.' }
const OTHERS: Record<string, Step[]> = {
  'identify a finding': [
    ...story.FOUND,
    [bruno, 'retitleCase', { title: 'Another' }],
    [bruno, 'raiseTrust', REASON],
    [hugo, 'addComment', { text: 'x' }],
    [bruno, 'linkNhi', { nhi: 'nhi_svc-reports', ...REASON }],
    [bruno, 'unlinkNhi', { nhi: 'nhi_svc-reports', ...REASON }],
    [bruno, 'declareNoNhi', REASON],
    [bruno, 'setSeverity', { severity: 'medium', ...REASON }],
    [bruno, 'dismissCase', { disposition: 'benign', ...REASON, duplicate_of: null }],
    [bruno, 'reopenCase', { to: 'identify', ...REASON }],
  ],
  'assign and decline': [
    ...story.ASSIGNED,
    [ada, 'declineAssignment', REASON],
    [ada, 'assignCase', { assignee: 'usr_ada' }],
    [ada, 'returnCase', { to: 'identify', ...REASON }],
  ],
  'nothing to do': [...story.ACCEPTED, [ada, 'proposeNoAction', REASON], [bruno, 'agreeNoAction']],
  'a tolerated risk': story.EXCEPTED,
  'a refused risk': [
    ...story.TOLERATED,
    [chiara, 'refuseException', (world) => ({ ...story.excepted(world), ...REASON })],
  ],
  'a withdrawn action': [
    ...story.PLANNED,
    [
      ada,
      'amendAction',
      (world) => ({ ...story.about(world), ...story.ROTATION, purpose: 'Another purpose of it', ...REASON }),
    ],
    [ada, 'withdrawAction', (world) => ({ ...story.about(world), ...REASON })],
  ],
  'a dry run that finds no way back': [
    ...story.PROPOSED,
    [
      executor,
      'recordPlan',
      (world) => ({ ...story.planned(world), plan: { ...story.PLAN, reversible: false } }),
    ],
  ],
  'an action to its end': [
    ...story.CLOSED,
    [esther, 'exportCase', { purpose: 'x' }],
    [grace, 'reopenCase', { to: 'act', ...REASON }],
  ],
}

for (const [name, steps] of Object.entries(OTHERS)) {
  test(`which command it was, is told from its events: ${name}`, async () => {
    const org = organisation()
    for (const step of steps) {
      if ('minutes' in step || 'facts' in step) continue
      const [actor, command] = step
      const input = inputOf(org.ledger, step)
      const outcome = await org.does(actor, command, input)
      if (isRefusal(outcome)) throw new Error(`${command}: ${outcome.sentence}`)
      const events = eventsIn(org).slice(-outcome.events.length)
      const { request, exception } = input as Record<string, string>
      expect(commandOf(events)?.command, events.map(({ type }) => type).join()).toBe(command)
      if (request) expect(commandOf(events)?.input).toMatchObject({ request })
      if (exception) expect(commandOf(events)?.input).toMatchObject({ exception })
    }
    expect(org.ledger.streams.get(CASE)?.version).toBeGreaterThan(2)
  })
}

test('an event of a later version, or an erased one, is not guessed at', () => {
  const event = { stream: CASE, seq: 0, type: 'case.tagged', at: '', actor: 'usr_ada', hash: '' }
  expect(commandOf([{ ...event, envelope: null }])).toBeNull()
  expect(commandOf([])).toBeNull()
})
