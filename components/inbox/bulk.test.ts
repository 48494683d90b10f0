import { expect, test } from 'vitest'
import type { CaseRow } from '@/lib/act/view/case'
import { Refused } from '../api'
import { forEach, type Outcome, toggledIn } from './bulk'

const row = (id: string) => ({ id }) as CaseRow
const CLOSED = {
  refused: true,
  code: 'wrong_stage',
  sentence: 'The case is closed.',
  remedy: 'Reopen it.',
} as const

test('each case is asked for by itself, in order, and one that is refused holds up no other', async () => {
  const sent: string[] = []
  const heard: number[] = []
  const send = async ({ id }: CaseRow) => {
    sent.push(id)
    if (id === 'b') throw new Refused(CLOSED, 409)
  }
  const outcomes = await forEach([row('a'), row('b'), row('c')], send, (all: readonly Outcome[]) => {
    heard.push(all.length)
  })
  expect(sent).toEqual(['a', 'b', 'c'])
  expect(heard).toEqual([1, 2, 3])
  expect(outcomes.map(({ refusal }) => refusal?.sentence ?? null)).toEqual([
    null,
    'The case is closed.',
    null,
  ])
})

test('a case is selected and let go again', () => {
  const one = toggledIn(new Set(), 'a')
  expect([...toggledIn(one, 'b')]).toEqual(['a', 'b'])
  expect([...toggledIn(one, 'a')]).toEqual([])
})
