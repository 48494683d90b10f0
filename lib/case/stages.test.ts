import { describe, expect, it } from 'vitest'
import { given, type Name, outcomeOf } from '../act/given.fixture'
import { ada, bruno, chiara, grace } from '../act/people.fixture'
import { ACCEPTED, ASSIGNED, CLOSED, CONFIRMED, CONTEXT, EXECUTED, FOUND, PROMOTED, TO_VERIFY } from '../act/story.fixture'
import { ORDER } from './case'
import { STAGES, type Stage } from './event'
import { HAPPY } from './happy.fixture'

const ANY = STAGES
const OPEN = STAGES.filter((stage) => stage !== 'closed')
const FROM_ASSIGN: Stage[] = ['assign', 'act', 'verify']

/** The stages in which each command can be accepted, all else being well. */
const ALLOWED: Readonly<Record<Name, readonly Stage[]>> = {
  promoteFinding: [],
  addMessage: ANY,
  recordDrift: ANY,
  recordCard: ANY,
  addComment: ANY,
  exportCase: ANY,
  expireException: ANY,
  attachEvidence: OPEN,
  retitleCase: OPEN,
  setSeverity: OPEN,
  raiseTrust: OPEN,
  linkNhi: OPEN,
  unlinkNhi: OPEN,
  declareNoNhi: OPEN,
  confirmCase: ['confirm'],
  dismissCase: ['identify', 'confirm'],
  assignCase: FROM_ASSIGN,
  acceptAssignment: FROM_ASSIGN,
  declineAssignment: FROM_ASSIGN,
  proposeNoAction: ['act'],
  agreeNoAction: ['act'],
  requestException: ['act'],
  grantException: ['act'],
  refuseException: OPEN,
  proposeAction: ['act'],
  amendAction: ['act'],
  withdrawAction: OPEN,
  approveAction: ['act'],
  refuseAction: ['act'],
  startExecution: ['act'],
  issueWarrant: ['act'],
  redeemWarrant: ['act'],
  reportExecution: OPEN,
  requestProbe: OPEN,
  reportProbe: ANY,
  recordVerification: ['verify'],
  recordPlan: OPEN,
  reportPlanFailure: OPEN,
  expireAction: OPEN,
  advanceCase: ['act'],
  returnCase: FROM_ASSIGN,
  closeCase: ['verify'],
  reopenCase: ['closed'],
}

const commands = Object.keys(HAPPY) as Name[]
/** What the command leads to when nothing but the stage is another. */
function everywhere(command: Name) {
  const { given: steps, when } = HAPPY[command]
  const { world } = given(...steps)
  if (command === 'promoteFinding') return []
  return STAGES.map((stage) => {
    const there = { ...world, state: { ...world.state, stage } }
    return { stage, there, outcome: outcomeOf(there, ...when) }
  })
}

describe('C18: the order of the stages', () => {
  it.each(commands)('%s is accepted where it belongs', (command) => {
    const { given: steps, when } = HAPPY[command]
    expect(given(...steps).when(...when).refusal).toBeNull()
  })

  it.each(commands)('%s is refused in every stage where it has no place, and changes nothing there', (command) => {
    for (const { stage, there, outcome } of everywhere(command)) {
      expect(outcome.refusal === null, `in ${stage}: ${outcome.refusal?.sentence}`).toBe(ALLOWED[command].includes(stage))
      if (outcome.refusal) expect(outcome.state).toEqual(there.state)
    }
  })

  it.each(commands)('%s never skips a stage, wherever the case is', (command) => {
    for (const { stage, outcome } of everywhere(command)) {
      let now: Stage | null = stage
      for (const event of outcome.events) {
        if (event.type !== 'case.state') continue
        const { from, to } = event.data
        expect(from).toBe(now)
        const dismissed = command === 'dismissCase' && to === 'closed'
        if (!dismissed) expect(ORDER[to]).toBeLessThanOrEqual(ORDER[now] + 1)
        now = to
      }
    }
  })

  it.each<[Stage, Stage, Parameters<typeof given>]>([
    ['identify', 'confirm', FOUND],
    ['confirm', 'assign', PROMOTED],
    ['assign', 'act', ASSIGNED],
    ['act', 'verify', ACCEPTED],
  ])('from "%s" to "%s" only past the gate, and nowhere else', (from, to, steps) => {
    const case_ = given(...steps)
    expect(case_.state.stage).toBe(from)
    for (const stage of ['confirm', 'assign', 'act', 'verify'] as const) {
      const { then, refusal } = case_.when(ada, 'advanceCase', { to: stage })
      expect(then).toBe(stage === to ? 'gate' : 'wrong_stage')
      if (stage === to) expect(refusal?.missing?.length).toBeGreaterThan(0)
    }
  })

  it('a whole case passes each stage once, in order', () => {
    const { world } = given(...CLOSED)
    const moves = world.kept.flatMap(({ event }) => (event.type === 'case.state' ? [event.data.to] : []))
    expect(moves).toEqual([...STAGES])
    expect(world.state.passed.map((gate) => gate.stage)).toEqual(OPEN)
  })
})

describe('going back', () => {
  it('takes a reason, goes back only, and undoes what the later stages had established', () => {
    const case_ = given(...EXECUTED)
    const { state, then } = case_.when(ada, 'returnCase', { to: 'confirm', reason: 'The context was wrong.' })
    expect(then).toEqual(['case.state'])
    expect(state).toMatchObject({ stage: 'confirm', confirmation: null, accepted: false })
    expect(state.passed.map((gate) => gate.stage)).toEqual(['identify'])
    expect(given(...CONFIRMED).when(ada, 'returnCase', { to: 'act', reason: 'Now.' }).then).toBe('wrong_stage')
    expect(() => case_.when(ada, 'returnCase', { to: 'confirm', reason: ' ' })).toThrow('must not be empty')
  })

  it('to identify leaves it there until somebody supplies something or moves it on', () => {
    const back = [...CONFIRMED, [bruno, 'returnCase', { to: 'identify', reason: 'Which account?' }]] as const
    expect(given(...back).when(grace, 'addComment', { text: 'Me too.' }).state.stage).toBe('identify')
    expect(given(...back).when(bruno, 'advanceCase', { to: 'confirm' }).state.stage).toBe('confirm')
  })

  it('waits for what is under way', () => {
    const states = ['proposeAction', 'approveAction', 'startExecution', 'issueWarrant', 'redeemWarrant', 'reportExecution'] as const
    for (const command of states) {
      const { given: steps, when } = HAPPY[command]
      const then = given(...steps, when).when(ada, 'returnCase', { to: 'identify', reason: 'Stop.' }).then
      expect(then, command).toEqual(command === 'reportExecution' ? ['case.state'] : 'gate')
    }
  })

  it('to assign when the assignee declines, and to the queue', () => {
    const declined = given(...TO_VERIFY, [ada, 'declineAssignment', { reason: 'On holiday.' }])
    expect(declined.state).toMatchObject({ stage: 'assign', assignee: null, accepted: false })
    const early = [...ASSIGNED, [bruno, 'returnCase', { to: 'confirm', reason: 'Not sure.' }]] as const
    for (const command of ['declineAssignment', 'acceptAssignment'] as const) {
      const input = command === 'declineAssignment' ? { reason: 'No.' } : {}
      expect(given(...early).when(ada, command, input).then).toBe('wrong_stage')
    }
  })
})

describe('reopening', () => {
  it('is a recorded event with a reason, and returns the case to act or to identify', () => {
    const toAct = given(...CLOSED).when(bruno, 'reopenCase', { to: 'act', reason: 'It still works.' })
    expect(toAct.then).toEqual(['case.reopened', 'case.state'])
    expect(toAct.state).toMatchObject({ stage: 'act', disposition: null, accepted: true, assignee: 'usr_ada' })
    const toStart = given(...CLOSED).when(bruno, 'reopenCase', { to: 'identify', reason: 'Another account.' })
    expect(toStart.state).toMatchObject({ stage: 'identify', confirmation: null, accepted: false, passed: [] })
    expect(given(...ACCEPTED).when(bruno, 'reopenCase', { to: 'act', reason: 'Why not.' }).then).toBe('wrong_stage')
  })

  it('to act needs that the case had been there', () => {
    const dismissed = given(...PROMOTED, [bruno, 'dismissCase', { disposition: 'benign', reason: 'A test account.' }])
    expect(dismissed.state).toMatchObject({ stage: 'closed', disposition: 'benign' })
    expect(dismissed.state.passed.map((gate) => gate.stage)).toEqual(['identify'])
    expect(dismissed.when(bruno, 'reopenCase', { to: 'act', reason: 'It is real.' }).then).toBe('wrong_stage')
    const again = dismissed.when(bruno, 'reopenCase', { to: 'identify', reason: 'It is real.' }).state
    expect(again.stage).toBe('identify')
    expect(given(...PROMOTED).when(chiara, 'confirmCase', CONTEXT).state.stage).toBe('assign')
  })
})
