import { expect, test } from 'vitest'
import { slug } from './use-command'
import { changed } from './use-url-state'

test('a command is addressed in kebab case', () => {
  expect(slug('confirmCase')).toBe('confirm-case')
  expect(slug('declareNoNhi')).toBe('declare-no-nhi')
})

test('a filter set to nothing leaves the address', () => {
  expect(changed('?view=mine&q=key', { q: null, severity: 'high' })).toBe('?view=mine&severity=high')
  expect(changed('?q=key', { q: '' })).toBe('')
})
