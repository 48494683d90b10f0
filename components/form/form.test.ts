import { expect, test } from 'vitest'
import { type Form, firstEmpty, inputOf } from './form'

const form: Form = {
  title: 'Propose',
  submit: 'Propose',
  done: 'Proposed',
  fixed: { request: 'req_1' },
  fields: [
    { kind: 'select', name: 'kind', label: 'Kind', options: [] },
    { kind: 'line', name: 'params.group', label: 'Group', show: (values) => values.kind === 'revoke' },
    { kind: 'flag', name: 'params.end_sessions', label: 'End sessions' },
    { kind: 'when', name: 'not_before', label: 'Not before', optional: true },
    { kind: 'many', name: 'evidence', label: 'Evidence', options: [], optional: true },
  ],
}

test('what is shown is sent, dotted names nest, an empty optional is null', () => {
  const typed = {
    kind: 'revoke',
    'params.group': ' orders_admin ',
    'params.end_sessions': 'yes',
    not_before: '',
    evidence: 'a,b',
  }
  expect(inputOf(form, typed)).toEqual({
    request: 'req_1',
    kind: 'revoke',
    params: { group: 'orders_admin', end_sessions: true },
    not_before: null,
    evidence: ['a', 'b'],
  })
  expect(inputOf(form, { ...typed, kind: 'rotate' }).params).toEqual({ end_sessions: true })
})

test('a time goes as UTC with milliseconds', () => {
  expect(inputOf(form, { not_before: '2026-05-04T09:00' }).not_before).toMatch(
    /^2026-05-0[345]T\d\d:00:00\.000Z$/,
  )
})

test('the first empty field is found among those shown', () => {
  expect(firstEmpty(form, { kind: 'rotate' })).toBeUndefined()
  expect(firstEmpty(form, { kind: 'revoke' })?.name).toBe('params.group')
})
