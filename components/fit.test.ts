import { expect, test } from 'vitest'
import { fit } from './fit'

const BOT = 'support-bot helpdesk support-bot@halden nhi_support-bot'

test('what begins with what was typed fits best', () => {
  expect(fit(BOT, 'Support')).toBeGreaterThan(fit(BOT, 'helpdesk'))
  expect(fit(BOT, 'helpdesk')).toBeGreaterThan(0)
})

test('every word has to occur, in any order', () => {
  expect(fit(BOT, 'helpdesk  bot ')).toBeGreaterThan(0)
  expect(fit(BOT, 'helpdesk orders')).toBe(0)
})

test('letters that merely occur in order are no word', () => {
  expect(fit(BOT, 'heron')).toBe(0)
  expect(fit(BOT, 'sbot')).toBe(0)
})

test('with nothing typed, everything fits', () => {
  expect(fit(BOT, ' ')).toBeGreaterThan(0)
})
