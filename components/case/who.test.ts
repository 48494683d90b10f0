import { expect, test } from 'vitest'
import { initials } from './who'

test('initials are of the first and the last part of a name', () => {
  expect(initials('Ada Okafor')).toBe('AO')
  expect(initials('svc-orders')).toBe('SO')
  expect(initials('alertbot')).toBe('AL')
})
