import { expect, test } from 'vitest'
import { ownPath, signInFor } from './session'

test('after signing in one returns to where one was', () => {
  expect(signInFor('/cases/case_1#event-3')).toBe('/sign-in?back=%2Fcases%2Fcase_1%23event-3')
  expect(ownPath('/cases/case_1#event-3')).toBe('/cases/case_1#event-3')
})

test('C60 an address of somebody else is never returned to', () => {
  for (const back of [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '',
    null,
  ]) {
    expect(ownPath(back)).toBe('/inbox')
  }
})
