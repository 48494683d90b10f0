import { expect, test } from 'vitest'
import { match } from './shortcuts'

const run = () => {}
const known = [
  { keys: 'c', label: 'Confirm', group: 'Case', run },
  { keys: 'g i', label: 'Go to the inbox', group: 'Go', run },
]

test('a single key runs at once', () => {
  expect(match('c', '', known)).toBe(known[0])
})

test('the first key of two waits for the second', () => {
  expect(match('g', '', known)).toBe('wait')
  expect(match('i', 'g', known)).toBe(known[1])
})

test('an unknown key means nothing', () => {
  expect(match('z', '', known)).toBeNull()
  expect(match('c', 'g', known)).toBeNull()
})
