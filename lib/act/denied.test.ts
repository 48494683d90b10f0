import { describe, expect, it } from 'vitest'
import type { Case } from '../case/case'
import { CASE, type Step, saying } from './given.fixture'
import { envelopesOf } from './ledger.fixture'
import { ada, alertbot, as, assistant, bruno, chiara, executor, hugo, withMember } from './people.fixture'
import { inputOf, organisation, play, playing, shipped, worldOf } from './perform.fixture'
import { isRefusal } from './refusal'
import { ACCEPTED, APPROVED, about, CONTEXT, PLANNED, PROMOTED, promotion, ROTATION } from './story.fixture'

const comment = { text: 'Looking.' }
const code = (outcome: unknown) => (isRefusal(outcome) ? outcome.code : 'done')

describe('C12: a refused attempt is evidence', () => {
  const attempts: [string, Step[], Parameters<typeof inputOf>[1], string, RegExp][] = [
    ['by policy', PROMOTED, [hugo, 'confirmCase', CONTEXT], 'forbidden', /^default\.deny$/],
    [
      'C02: approving one’s own',
      PLANNED,
      [as(ada, 'analyst', 'approver'), 'approveAction', saying('approve')],
      'separation_of_duties',
      /^separation\.approver-asked$/,
    ],
    [
      'C57: an agent that approves',
      PLANNED,
      [alertbot, 'approveAction', saying('approve')],
      'forbidden',
      /^machines\.never-decide$/,
    ],
    [
      'by the rules, to somebody whom policy lets',
      [...PROMOTED, [bruno, 'confirmCase', CONTEXT]],
      [bruno, 'assignCase', { assignee: 'usr_hugo' }],
      'forbidden',
      /^core\.assignee$/,
    ],
  ]

  it.each(attempts)('%s', async (_, steps, attempt, expected, rule) => {
    const org = await playing(steps)
    const state = structuredClone(org.ledger.streams.get(CASE)?.state) as Case
    const [actor, command] = attempt
    const outcome = await org.does(actor, command, inputOf(org.ledger, attempt))
    expect(code(outcome)).toBe(expected)
    expect(org.ledger.streams.get(CASE)?.state).toEqual(state)
    const last = envelopesOf(org.ledger, CASE).at(-1)
    expect(last).toMatchObject({
      type: 'policy.denied',
      actor: { id: actor.id },
      policy: { decision: 'deny' },
      data: { command, code: expected },
    })
    expect(last.policy.rule).toMatch(rule)
  })

  it('but not what was merely too early, too late or mistyped', async () => {
    const org = await playing(PROMOTED)
    const version = org.ledger.streams.get(CASE)?.version
    expect(code(await org.does(bruno, 'assignCase', { assignee: 'usr_ada' }))).toBe('wrong_stage')
    expect(code(await org.does(bruno, 'setSeverity', { severity: 'medium' }))).toBe('conflict')
    expect(org.ledger.streams.get(CASE)?.version).toBe(version)
  })

  it('C14: rights are those of the moment, not of the sign-in', async () => {
    const org = await playing(PLANNED)
    const input = inputOf(org.ledger, [chiara, 'approveAction', saying('approve')])
    const asOf = org.ledger.facts
    for (const changes of [{ roles: [] }, { active: false }]) {
      org.ledger.facts = withMember(asOf, 'usr_chiara', changes)
      expect(code(await org.does(chiara, 'approveAction', input))).toBe('forbidden')
    }
    org.ledger.facts = asOf
    expect(code(await org.does(as(chiara), 'approveAction', input)), 'given back meanwhile').toBe('done')
  })

  it('C15: an agent that acts for somebody has no more rights than they have', async () => {
    const org = await playing(ACCEPTED)
    const proposing = (onBehalfOf: string) =>
      org.does({ ...assistant, onBehalfOf }, 'proposeAction', ROTATION)
    expect(code(await proposing('usr_hugo'))).toBe('forbidden')
    expect(code(await proposing('usr_nobody'))).toBe('forbidden')
    expect(code(await proposing('usr_bruno'))).toBe('done')
  })
})

describe('C11: without a decision nothing is done', () => {
  it('an engine that denies everything: nothing is written but the denials', async () => {
    const org = await playing(APPROVED)
    const denying = {
      ...shipped,
      authorize: (_: unknown, decision_id: string) => ({
        permitted: false,
        rules: ['engine.failed'],
        reasons: ['No answer.'],
        bundle: '',
        decision_id,
      }),
    }
    const broken = { ...org, ...organisation({ ledger: org.ledger, policies: denying }), ledger: org.ledger }
    const before = structuredClone(org.ledger.streams.get(CASE)?.state)
    for (const [actor, command, input] of [
      [ada, 'addComment', comment],
      [ada, 'startExecution', about(worldOf(org.ledger))],
      [
        executor,
        'recordPlan',
        {
          request: 'req_x',
          revision: 1,
          plan: { changes: ['x'], undo: 'x', reversible: true, warnings: [], facts: {} },
        },
      ],
    ] as const) {
      expect(code(await broken.does(actor, command, input))).toBe('unavailable')
      expect(envelopesOf(org.ledger, CASE).at(-1).type).toBe('policy.denied')
    }
    expect(org.ledger.streams.get(CASE)?.state).toEqual(before)
    expect(code(await broken.does(hugo, 'promoteFinding', promotion(), { stream: 'case_new' }))).toBe(
      'unavailable',
    )
    expect(org.ledger.streams.has('case_new')).toBe(false)
  })

  it('an engine that throws: nothing is written at all', async () => {
    const org = await playing(APPROVED)
    const throwing = {
      ...shipped,
      authorize: () => {
        throw new Error('out of memory')
      },
    }
    const broken = organisation({ ledger: org.ledger, policies: throwing })
    const version = org.ledger.streams.get(CASE)?.version
    await expect(broken.does(ada, 'startExecution', about(worldOf(org.ledger)))).rejects.toThrow(
      'out of memory',
    )
    expect(org.ledger.streams.get(CASE)?.version).toBe(version)
    expect(broken.announced).toEqual([])
  })
})

describe('C01: intent is neither approval nor execution', () => {
  it.each(['approve', 'do it', '✅', '/approve req_1'])(
    '"%s" as a comment or a message changes no action',
    async (text) => {
      const org = await playing(PLANNED)
      const { requests } = structuredClone(worldOf(org.ledger).state)
      for (const actor of [chiara, ada, assistant]) await org.does(actor, 'addComment', { text })
      await play(org, [
        [
          hugo,
          'attachEvidence',
          {
            sha256: '4'.repeat(64),
            bytes: 1,
            media_type: 'text/plain',
            name: text,
            kind: 'text',
            source: text,
            tool: null,
            trust: 'typed',
          },
        ],
      ])
      expect(worldOf(org.ledger).state.requests).toEqual(requests)
    },
  )
})
