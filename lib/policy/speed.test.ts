import { expect, it } from 'vitest'
import { bruno, chiara, executor, hugo, policies, question } from './policies.fixture'

// A bound that holds on a busy machine; bench/ measures the figure that is published.
it('a warm decision takes about half a millisecond', () => {
  const questions = [
    question(chiara, 'approveAction'),
    question(bruno, 'startExecution'),
    question(hugo, 'promoteFinding', { request: null }),
    question(executor, 'redeemWarrant'),
  ]
  for (const each of questions) policies.authorize(each, 'dec_1')
  const times = Array.from({ length: 800 }, (_, index) => {
    const start = performance.now()
    policies.authorize(questions[index % questions.length] ?? question(hugo, 'viewCase'), 'dec_1')
    return performance.now() - start
  })
  const median = times.toSorted((one, other) => one - other)[400] ?? Number.POSITIVE_INFINITY
  console.info(`warm decision, median of 800: ${median.toFixed(3)} ms`)
  expect(median).toBeLessThan(2)
})
