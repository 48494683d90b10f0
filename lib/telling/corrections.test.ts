import { expect, it } from 'vitest'
import { correctedBy, correctionsIn } from './corrections'
import { sentence } from './sentence'

const said = (seq: number) => ({ seq, type: 'comment.added', data: { text: 'said' } })
const corrected = (seq: number, of: number) => ({
  seq,
  type: 'entry.corrected',
  data: { seq: of, body: 'a'.repeat(64), text: `right at ${seq}`, reason: null },
})
const by = (entries: Parameters<typeof correctionsIn>[0]) =>
  Object.fromEntries([...correctionsIn(entries)].map(([seq, list]) => [seq, list.map((each) => each.seq)]))

it('an entry shows by what it was corrected, the newest first', () => {
  expect(by([said(0), said(1), corrected(2, 0), said(3), corrected(4, 0)])).toEqual({ 0: [4, 2] })
})

it('what corrects a correction corrects the entry, too', () => {
  expect(by([said(0), corrected(1, 0), corrected(2, 1), corrected(3, 0)])).toEqual({ 0: [3, 2, 1], 1: [2] })
})

it('nothing corrects itself or what comes later, and an erased correction that says no more about it corrects nothing', () => {
  expect(correctedBy(corrected(5, 5))).toBeNull()
  expect(correctedBy(corrected(5, 6))).toBeNull()
  expect(correctedBy({ seq: 5, type: 'entry.corrected', data: {} })).toBeNull()
})

it('a correction reads as a sentence that leads to the entry, with the reason if there is one', () => {
  const name = (id: string | null | undefined) => id ?? 'nobody'
  const event = corrected(4, 2)
  expect(sentence(event, name)).toEqual({ text: 'corrected entry 2', quote: 'right at 4', entry: 2 })
  const because = { ...event, data: { ...event.data, reason: 'A slip.' } }
  expect(sentence(because, name).quote).toBe('right at 4\nWhy: A slip.')
})
