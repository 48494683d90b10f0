import { expect, it } from 'vitest'
import { together } from './together'

/** Asks nobody until it is let: what was asked together, and what answers it. */
function gate() {
  const asked: { questions: readonly string[]; answer: (value?: unknown) => void }[] = []
  const ask = together(async (questions: readonly string[]) => {
    const failure = await new Promise<unknown>((answer) => asked.push({ questions, answer }))
    if (failure) throw failure
    return questions.map((question) => question.toUpperCase())
  })
  const settle = async (failure?: unknown) => {
    asked.shift()?.answer(failure)
    await new Promise(setImmediate)
  }
  return { ask, settle, questions: () => asked.map((each) => each.questions) }
}
const reasonOf = (question: Promise<unknown>) => question.catch((error) => (error as Error).message)

it('who asks alone waits for nobody; what comes meanwhile is asked together, after it', async () => {
  const { ask, settle, questions } = gate()
  const answers = ['a', 'b', 'c'].map(ask)
  expect(questions()).toEqual([['a']])
  await settle()
  expect(questions()).toEqual([['b', 'c']])
  await settle()
  expect(await Promise.all(answers)).toEqual(['A', 'B', 'C'])
  const later = ask('d')
  expect(questions()).toEqual([['d']])
  await settle()
  expect(await later).toBe('D')
})

it('nobody is given an answer that was on its way when they asked', async () => {
  const { ask, settle, questions } = gate()
  const [before, after] = [ask('a'), ask('a')]
  await settle()
  expect(await before).toBe('A')
  expect(questions()).toEqual([['a']])
  await settle()
  expect(await after).toBe('A')
})

it('a question that fails is no failure of those who asked beside it', async () => {
  const { ask, settle, questions } = gate()
  const first = ask('a')
  const beside = [ask('b'), ask('c')]
  await settle()
  await settle(new Error('one of them is odd'))
  expect(questions()).toEqual([['b'], ['c']])
  const told = beside.map(reasonOf)
  await settle(new Error('b is odd'))
  await settle()
  expect([await first, ...(await Promise.all(told))]).toEqual(['A', 'b is odd', 'C'])
})

it('a database that does not answer is not asked again for each of them', async () => {
  const { ask, settle, questions } = gate()
  const told = ['a', 'b', 'c'].map((each) => reasonOf(ask(each)))
  await settle()
  await settle(Object.assign(new Error('it is gone'), { code: 'CONNECTION_CLOSED' }))
  expect(questions()).toEqual([])
  expect(await Promise.all(told)).toEqual(['A', 'it is gone', 'it is gone'])
})

it('no statement grows without end, and who would have to wait for a full one is asked beside it', async () => {
  const { ask, settle, questions } = gate()
  const answers = Array.from({ length: 30 }, (_, index) => ask(`${index}`))
  const underWay: number[][] = []
  while (questions().length > 0) {
    underWay.push(questions().map((each) => each.length))
    await settle()
  }
  expect(underWay).toEqual([[1, 8], [8, 8], [8, 8], [8], [5]])
  expect(await Promise.all(answers)).toHaveLength(30)
})
