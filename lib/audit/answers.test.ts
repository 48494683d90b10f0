import { describe, expect, test } from 'vitest'
import type { Step } from '../act/given.fixture'
import { ada, chiara, people } from '../act/people.fixture'
import { APPROVED, about, CLOSED, PLANNED, ROTATION, TOLERATED } from '../act/story.fixture'
import type { Case } from '../case/case'
import { answersTo } from './answers'
import { kept } from './audit.fixture'
import { folded, type Recorded } from './recorded'
import type { Answers } from './view'

const name = (id: string) => people.find((each) => each.id === id)?.name ?? id.replace('nhi_', '')

async function asked(steps: readonly Step[]): Promise<Answers & { all: readonly Recorded[] }> {
  const { events } = await kept(steps)
  const request = (folded('case', events) as Case).requests.at(-1)?.id ?? ''
  const answers = answersTo(events, request, name)
  if (!answers) throw new Error('the story holds no action')
  return { ...answers, all: events }
}
const sentences = ({ answers }: Answers) => answers.map(({ sentence }) => sentence)

describe('the four questions about an action', () => {
  test('are answered with names, once it is over', async () => {
    const told = await asked(CLOSED)
    expect(told.answers.map(({ question, answered }) => [question, answered])).toEqual([
      ['requested', true],
      ['approved', true],
      ['executed', true],
      ['proved', true],
    ])
    expect(sentences(told)).toEqual([
      'Ada Okafor asked for it.',
      'Chiara Lind approved revision 1: 1 of 1.',
      'executor-postgres carried it out. Ivo Petrov answers for that.',
      'Grace Lim judged that it worked, on 1 piece of evidence.',
    ])
    expect(told.separation).toEqual({
      distinct: true,
      people: 4,
      sentence: '4 different people answer for its parts.',
    })
    expect(told).toMatchObject({ status: 'verified', tier: 'medium' })
  })

  test('each rest on entries of the record, of this action and no other', async () => {
    const { answers, all, events } = await asked(CLOSED)
    const types = answers.map((answer) => answer.events.map((seq) => all[seq]?.type))
    expect(types).toEqual([
      ['action.requested'],
      ['approval.recorded'],
      ['execution.started', 'warrant.issued', 'warrant.redeemed', 'action.executed'],
      ['action.planned', 'evidence.attached', 'verification.recorded'],
    ])
    expect(new Set(answers.flatMap((answer) => answer.events))).toEqual(new Set(events))
    const digests = answers.flatMap(({ facts }) => facts.filter(({ kind }) => kind === 'digest'))
    expect(digests.every(({ value }) => /^sha256:[0-9a-f]{64}$/.test(value))).toBe(true)
    expect(digests.length).toBe(4)
  })

  test('C08 name the issuer that vouches for an approval by signing in, and whom it vouches for', async () => {
    const { events } = await kept(CLOSED)
    const issuer = 'https://login.example/realms/main'
    const signIn = { issuer, subject: 'b7d1', client_id: 'on-record', issuer_jwks: 'f'.repeat(64) }
    const told = events.map((event) =>
      event.type === 'approval.recorded' && event.envelope
        ? {
            ...event,
            envelope: {
              ...event.envelope,
              data: { ...event.envelope.data, method: 'oidc-nonce', sign_in: signIn },
            },
          }
        : event,
    )
    const request = (folded('case', told) as Case).requests.at(-1)
    expect(request?.approvals[0]?.sign_in).toEqual({ issuer, subject: 'b7d1' })
    const facts = answersTo(told, request?.id ?? '', name)?.answers[1]?.facts ?? []
    expect(facts.map(({ label, value }) => `${label} ${value}`)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('Chiara Lind: method sign-in bound to this exact action'),
        `Chiara Lind: signed in at ${issuer}`,
        'Chiara Lind: signed in as b7d1',
      ]),
    )
  })

  test('say what is missing while there is no answer', async () => {
    const waiting = await asked(PLANNED)
    expect(sentences(waiting)).toEqual([
      'Ada Okafor asked for it.',
      'Nobody has approved it: 1 approval is needed.',
      'Nobody has carried it out.',
      'Nobody has checked it.',
    ])
    expect(waiting.answers.map(({ answered }) => answered)).toEqual([true, false, false, false])
    expect(waiting.separation.sentence).toBe('So far one person answers for it.')
  })

  test('count an approval that was voided as none, and still name it', async () => {
    const amended: Step[] = [
      ...APPROVED,
      [
        ada,
        'amendAction',
        (world) => ({ ...about(world), ...ROTATION, purpose: 'A better purpose', reason: 'x' }),
      ],
    ]
    const told = await asked(amended)
    expect(sentences(told).slice(0, 2)).toEqual([
      'Ada Okafor asked for it and it was amended once.',
      'Nobody has approved it: 1 approval is needed.',
    ])
    expect(told.answers[1]?.parties).toEqual([{ id: chiara.id, part: 'approval void', answers: null }])
  })

  test('have no answer about an action that the case doesn’t hold', async () => {
    const { events } = await kept(TOLERATED)
    expect(answersTo(events, 'req_other', name)).toBeNull()
  })
})
