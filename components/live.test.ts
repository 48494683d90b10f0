import { expect, test } from 'vitest'
import { pause, touchedBy } from './live'

test('a change of a case makes its page, the lists and its approvals old', () => {
  expect(touchedBy('case_7').map((key) => key.join())).toEqual([
    'case,case_7',
    'cases',
    'approvals',
    'approval,case_7',
    'exports',
    'history',
  ])
})

test('a change of an NHI reaches the cases that show its health', () => {
  expect(touchedBy('nhi_svc-orders')).toContainEqual(['case'])
})

test('reconnecting waits longer each time, half a minute at most', () => {
  expect(pause(0, 1)).toBe(1_000)
  expect(pause(3, 1)).toBe(8_000)
  expect(pause(20, 1)).toBe(30_000)
  expect(pause(3, 0)).toBe(4_000)
})
