import { expect, it } from 'vitest'
import { progressOn } from './progress'

function told(isTTY: boolean) {
  const lines: string[] = []
  let clock = 0
  const { watch, done } = progressOn({ isTTY, write: (text) => lines.push(text) }, () => clock)
  const at = (ms: number, percent: number) => {
    clock = ms
    watch({ step: 'events', done: percent, total: 100 })
  }
  return { lines, at, done }
}

it('says nothing about a bundle that is checked at once', () => {
  const { lines, at, done } = told(true)
  at(10, 1)
  at(900, 99)
  done()
  expect(lines).toEqual([])
})

it('writes one line over and over on a terminal, and leaves none', () => {
  const { lines, at, done } = told(true)
  at(1_000, 40)
  at(1_050, 41)
  at(1_100, 42)
  done()
  const line = (percent: number) => `\r\u001b[Kfollowing the events and their proofs: ${percent} %`
  expect(lines).toEqual([line(40), line(42), '\r\u001b[K'])
})

it('writes a line every few seconds into a log', () => {
  const { lines, at, done } = told(false)
  for (const second of [1, 2, 5, 6, 7, 11]) at(second * 1000, second)
  done()
  expect(lines.map((line) => line.replace(/^.*: /, ''))).toEqual(['1 %\n', '6 %\n', '11 %\n'])
})
