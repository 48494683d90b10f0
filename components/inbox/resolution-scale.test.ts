import { expect, it } from 'vitest'
import type { Took } from '@/lib/act/view/resolution'
import { lengthOf, scaleOf } from './resolution-scale'

const took = (p90_s: number): Took => ({ cases: 1, median_s: 60, p90_s })
const row = (confirmed: number | null, closed: number) => ({
  ...{ cases: 1, due: 0, in_time: 0 },
  confirmed: confirmed === null ? null : took(confirmed),
  closed: took(closed),
})

it('the longest time of all reaches to the end', () => {
  const scale = scaleOf(row(600, 7_200), [{ ...row(null, 86_400), severity: 'low' }])
  expect(scale).toBe(86_400)
  expect(lengthOf(86_400, scale)).toBe(100)
})

it('each tenfold is as long as the tenfold before it', () => {
  const at = (minutes: number) => lengthOf(minutes * 60, 60 * 1_000)
  expect([at(10), at(100), at(1_000)].map(Math.round)).toEqual([33, 67, 100])
})

it('what took no time is still seen, and nothing reaches beyond the end', () => {
  for (const longest of [0, 1, 59, 60, 61, 3_600])
    for (const seconds of [0, 1, longest]) {
      const length = lengthOf(seconds, longest)
      expect(length).toBeGreaterThanOrEqual(1)
      expect(length).toBeLessThanOrEqual(100)
    }
})
