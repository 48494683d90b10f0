import { describe, expect, it } from 'vitest'
import { given, type Name, outcomeOf, type Step } from '../act/given.fixture'
import { ada } from '../act/people.fixture'
import { ACCEPTED, ASSIGNED, CLOSED, FOUND, PROMOTED } from '../act/story.fixture'
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
  correctEntry: ANY,
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
  escalateCase: OPEN,
  escalateAssignment: OPEN,
  escalateApproval: OPEN,
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
  revokeWarrant: OPEN,
  reportExecution: OPEN,
  invokeBreakGlass: ['act'],
  reviewBreakGlass: OPEN,
  expireBreakGlass: OPEN,
  settleExecution: ['act'],
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
  requestErasure: ANY,
  agreeErasure: ANY,
  refuseErasure: ANY,
  eraseByRule: ['closed'],
  recordRemoval: ANY,
  placeHold: ANY,
  liftHold: ANY,
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

  it.each(commands)(
    '%s is refused in every stage where it has no place, and changes nothing there',
    (command) => {
      for (const { stage, there, outcome } of everywhere(command)) {
        expect(outcome.refusal === null, `in ${stage}: ${outcome.refusal?.sentence}`).toBe(
          ALLOWED[command].includes(stage),
        )
        if (outcome.refusal) expect(outcome.state).toEqual(there.state)
      }
    },
  )

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

  it.each<[Stage, Stage, Step[]]>([
    ['identify', 'confirm', FOUND],
    ['confirm', 'assign', PROMOTED],
    ['assign', 'act', ASSIGNED],
    ['act', 'verify', ACCEPTED],
  ])('from "%s" to "%s" only past the gate, and nowhere else', (from, to, steps) => {
    const case_ = given(...steps)
    expect(case_.state.stage).toBe(from)
    for (const stage of ['confirm', 'assign', 'act', 'verify'] as const) {
      const { gives, refusal } = case_.when(ada, 'advanceCase', { to: stage })
      expect(gives).toBe(stage === to ? 'gate' : 'wrong_stage')
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
