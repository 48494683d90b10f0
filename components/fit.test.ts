import { expect, test } from 'vitest'
import { fitOf } from './fit'

const BOT = 'support-bot helpdesk support-bot@halden nhi_support-bot'

test('what begins with what was typed fits best', () => {
  expect(fitOf(BOT, 'Support')).toBeGreaterThan(fitOf(BOT, 'helpdesk'))
  expect(fitOf(BOT, 'helpdesk')).toBeGreaterThan(0)
})

test('every word has to occur, in any order', () => {
  expect(fitOf(BOT, 'helpdesk  bot ')).toBeGreaterThan(0)
  expect(fitOf(BOT, 'helpdesk orders')).toBe(0)
})

test('letters that merely occur in order are no word', () => {
  expect(fitOf(BOT, 'heron')).toBe(0)
  expect(fitOf(BOT, 'sbot')).toBe(0)
})

test('with nothing typed, everything fits', () => {
  expect(fitOf(BOT, ' ')).toBeGreaterThan(0)
})
