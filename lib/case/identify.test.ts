import { describe, expect, it } from 'vitest'
import { given, type Step } from '../act/given.fixture'
import { ada, assistant, bruno, grace, hugo, withNhi, worker } from '../act/people.fixture'
import {
  ACCEPTED,
  CLOSED,
  CONFIRMED,
  CONTEXT,
  FOUND,
  MESSAGE,
  PROMOTED,
  type Promotion,
  promotion,
  SECRET,
} from '../act/story.fixture'
import { CATEGORIES, SEVERITIES } from './event'
import { gate } from './gates'

const bare = promotion({ snapshot: null, secrets: [], severity: null, category: 'other', message_key: null })
const small: Partial<Promotion> = { secrets: [], severity: 'informational', category: 'question' }

describe('a promotion', () => {
  it('names everything that is missing to leave identify, by name and command', () => {
    const { state } = given([hugo, 'promoteFinding', bare])
    expect(gate(state).map(({ name, command }) => [name, command])).toEqual([
      ['source', 'attachEvidence'],
      ['identity', 'linkNhi'],
      ['severity', 'setSeverity'],
    ])
  })

  it('with a known secret finds its identity and owner by itself, and goes straight to confirm', () => {
    const { gives, state } = given().when(hugo, 'promoteFinding', promotion())
    expect(gives).toEqual(['finding.promoted', 'case.state', 'nhi.linked', 'case.state'])
    expect(state.linked).toMatchObject([{ nhi: 'nhi_svc-orders', owner: 'usr_dev' }])
    expect(state).toMatchObject({ stage: 'confirm', promoter: 'usr_hugo', lane: 'full' })
  })

  it('moves on when the last missing thing is supplied, whichever it is', () => {
    const link: Step = [ada, 'linkNhi', { nhi: 'nhi_svc-orders', reason: 'It says so.' }]
    const none: Step = [ada, 'declareNoNhi', { reason: 'Only people are involved.' }]
    const severity: Step = [ada, 'setSeverity', { severity: 'low' }]
    for (const steps of [
      [link, severity],
      [severity, link],
      [severity, none],
    ] as const) {
      expect(given(...FOUND, steps[0]).state.stage).toBe('identify')
      expect(given(...FOUND, ...steps).state.stage).toBe('confirm')
    }
  })

  it('of what is on record already leads to the case that holds it', () => {
    const known = { facts: (facts: object) => ({ ...facts, duplicate: 'case_first' }) } as Step
    const { gives, refusal } = given(known).when(hugo, 'promoteFinding', promotion())
    expect([gives, refusal?.existing]).toEqual(['duplicate', 'case_first'])
  })

  it('is answered for by the owner of the agent that made it, and by nobody when On Record made it for a stranger', () => {
    expect(given([assistant, 'promoteFinding', bare]).state.promoter).toBe('usr_ada')
    expect(given([worker, 'promoteFinding', bare]).state.promoter).toBeNull()
  })
})

describe('another message', () => {
  const added = { snapshot: MESSAGE, secrets: [SECRET], message_key: 'slack:T1:C1:9.9' }

  it('is attached once', () => {
    expect(
      given(...PROMOTED).when(hugo, 'addMessage', { ...added, message_key: 'slack:T1:C1:1.1' }).gives,
    ).toBe('duplicate')
    expect(given(...PROMOTED, [hugo, 'addMessage', added]).state.snapshots).toHaveLength(2)
  })

  it('with a known secret finds its identity, too, and tells the owner of a case that is somebody’s', () => {
    const other: Step[] = [
      [hugo, 'promoteFinding', bare],
      [ada, 'declareNoNhi', { reason: 'None seen.' }],
    ]
    expect(given(...other).when(hugo, 'addMessage', added).gives).toEqual(['message.added', 'nhi.linked'])
    expect(given(...ACCEPTED).when(hugo, 'addMessage', added).gives).toEqual(['message.added'])
    const renamed = given(...ACCEPTED, {
      facts: (facts) => ({ ...facts, matches: { [SECRET.fingerprint]: 'nhi_svc-reports' } }),
    })
    expect(renamed.when(hugo, 'addMessage', added).gives).toEqual([
      'message.added',
      'nhi.linked',
      'owner.notified',
    ])
  })
})

const ALWAYS_FULL: readonly string[] = ['leaked-secret', 'service-account-abuse', 'recurring-attack-path']

describe('the light lane', () => {
  it('is for informational findings without a secret, and never for those that are always full cases', () => {
    for (const category of CATEGORIES) {
      for (const severity of [...SEVERITIES, null]) {
        const { lane } = given([hugo, 'promoteFinding', promotion({ ...small, category, severity })]).state
        const always = ALWAYS_FULL.some((each) => each === category)
        expect(lane, `${category} ${severity}`).toBe(
          severity === 'informational' && !always ? 'light' : 'full',
        )
      }
    }
    expect(given([hugo, 'promoteFinding', promotion({ ...small, secrets: [SECRET] })]).state.lane).toBe(
      'full',
    )
  })

  it('can still be taken when the finding is weighed for the first time, and not after it weighed more', () => {
    const found = (changes: object): Step => [
      hugo,
      'promoteFinding',
      promotion({ ...small, severity: null, ...changes }),
    ]
    const weighed = (severity: string): Step => [ada, 'setSeverity', { severity, reason: 'Looked at it.' }]
    const laneOf = (...steps: Step[]) => given(...steps).state.lane
    expect(laneOf(found({}), weighed('informational'))).toBe('light')
    expect(laneOf(found({}), weighed('low'), weighed('informational'))).toBe('full')
    expect(laneOf(found({ category: 'leaked-secret' }), weighed('informational'))).toBe('full')
    expect(laneOf(found({ secrets: [SECRET] }), weighed('informational'))).toBe('full')
  })

  it('lets one person take a case through all stages, which in the full lane needs a second', () => {
    const alone = (severity: 'informational' | 'low'): Step[] => [
      [ada, 'promoteFinding', promotion({ ...small, severity })],
      [ada, 'declareNoNhi', { reason: 'A question, nothing more.' }],
      [ada, 'confirmCase', CONTEXT],
      [ada, 'assignCase', { assignee: 'usr_ada' }],
      [ada, 'proposeNoAction', { reason: 'Answered.' }],
    ]
    const light = given(...alone('informational'))
    expect(light.state.lane).toBe('light')
    expect(light.when(ada, 'agreeNoAction').gives).toEqual(['no_action.agreed'])
    expect(given(...alone('low')).when(ada, 'agreeNoAction').gives).toBe('separation_of_duties')
    const done: Step[] = [
      ...alone('informational'),
      [ada, 'agreeNoAction'],
      [ada, 'advanceCase', { to: 'verify' }],
      [ada, 'closeCase', { disposition: 'no-action-needed', summary: 'Answered.' }],
    ]
    expect(given(...done).state.stage).toBe('closed')
  })

  it('ends, for good, when the severity is raised or a secret turns up', () => {
    const light: Step[] = [[hugo, 'promoteFinding', promotion(small)]]
    expect(given(...light).state.lane).toBe('light')
    const raised = given(...light, [ada, 'setSeverity', { severity: 'low' }])
    expect(raised.state.lane).toBe('full')
    expect(
      raised.when(ada, 'setSeverity', { severity: 'informational', reason: 'After all.' }).state.lane,
    ).toBe('full')
    const added = { snapshot: MESSAGE, secrets: [SECRET], message_key: null }
    expect(given(...light, [hugo, 'addMessage', added]).state.lane).toBe('full')
  })
})

describe('what a case says of itself', () => {
  it('links an identity once, and unlinks it unless an action or a passed stage needs it', () => {
    const reason = 'Because.'
    const orders = { nhi: 'nhi_svc-orders', reason }
    expect(given(...CONFIRMED).when(ada, 'linkNhi', orders).gives).toBe('conflict')
    expect(given(...CONFIRMED).when(ada, 'linkNhi', { nhi: 'nhi_unknown', reason }).gives).toBe('not_found')
    expect(given(...CONFIRMED).when(ada, 'unlinkNhi', orders).gives).toBe('gate')
    expect(given(...CONFIRMED).when(ada, 'declareNoNhi', { reason }).gives).toBe('conflict')
    const two: Step = [ada, 'linkNhi', { nhi: 'nhi_svc-reports', reason }]
    expect(given(...CONFIRMED, two).when(ada, 'unlinkNhi', orders).gives).toEqual(['nhi.unlinked'])
    const changed = [
      ada,
      'proposeAction',
      { kind: 'postgres.rotate-password', nhi: 'nhi_svc-orders', purpose: 'It has leaked.' },
    ] as const
    expect(given(...ACCEPTED, two, changed).when(ada, 'unlinkNhi', orders).gives).toBe('conflict')
  })

  it('lowers its severity after triage only with a reason', () => {
    expect(given(...CONFIRMED).when(bruno, 'setSeverity', { severity: 'low' }).gives).toBe('invalid')
    expect(
      given(...CONFIRMED).when(bruno, 'setSeverity', { severity: 'low', reason: 'A test.' }).gives,
    ).toEqual(['severity.set'])
    expect(given(...CONFIRMED).when(bruno, 'setSeverity', { severity: 'medium' }).gives).toBe('conflict')
  })

  it('takes the same content once as evidence, and nothing but talk when it is closed', () => {
    const file = {
      sha256: 'c'.repeat(64),
      bytes: 1,
      media_type: 'text/plain',
      name: 'x',
      kind: 'file',
      source: 'x',
      tool: null,
      trust: 'typed',
    }
    const attached = given(...CONFIRMED, [hugo, 'attachEvidence', file])
    expect(attached.state.evidence).toMatchObject([{ collected_by: 'usr_hugo' }])
    expect(attached.when(ada, 'attachEvidence', file).gives).toBe('duplicate')
    expect(given(...CLOSED).when(ada, 'attachEvidence', file).gives).toBe('wrong_stage')
    expect(given(...CLOSED).when(ada, 'addComment', { text: 'Well done.' }).gives).toEqual(['comment.added'])
  })

  it('keeps the owner of a linked identity as it was', () => {
    const moved: Step = { facts: (facts) => withNhi(facts, 'nhi_svc-orders', { owner: 'usr_ivo' }) }
    expect(given(...CONFIRMED, moved, [grace, 'addComment', { text: 'Hm.' }]).state.linked[0]?.owner).toBe(
      'usr_dev',
    )
    expect(given(...PROMOTED, [bruno, 'confirmCase', CONTEXT]).state.stage).toBe('assign')
  })
})
