import { expect, test } from 'vitest'
import { staysOf } from './stays'

const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 9, minute)).toISOString()
const moved = (minute: number, to: string) => ({
  seq: minute,
  type: 'case.state',
  at: at(minute),
  data: { to },
})
const said = (minute: number) => ({ seq: minute, type: 'comment.added', at: at(minute), data: {} })
const minutes = (...timeline: Parameters<typeof staysOf>[0]) =>
  staysOf(timeline, Date.parse(at(59))).map(({ stage, ms }) => [stage, ms / 60_000])

test('a case’s stays are as long as its record says, and the last one goes on', () => {
  expect(minutes(moved(0, 'identify'), said(3), moved(10, 'confirm'), moved(12, 'assign'))).toEqual([
    ['identify', 10],
    ['confirm', 2],
    ['assign', 47],
  ])
})

test('a stage that a case came back to is there twice, and what lay closed between is not', () => {
  expect(minutes(moved(0, 'act'), moved(5, 'verify'), moved(6, 'act'), moved(16, 'verify'))).toEqual([
    ['act', 5],
    ['verify', 1],
    ['act', 10],
    ['verify', 43],
  ])
  expect(minutes(moved(0, 'verify'), moved(5, 'closed'), moved(50, 'act'))).toEqual([
    ['verify', 5],
    ['act', 9],
  ])
})
