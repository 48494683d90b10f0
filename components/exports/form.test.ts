import { expect, test } from 'vitest'
import { exportForm, historyForm, orderOf } from './form'

const form = exportForm(null)

test('a period begins with its first day and ends after its last', () => {
  const { from, to, ...rest } = orderOf(form, {
    scope: 'period',
    from: '2026-03-01',
    to: '2026-03-31',
    purpose: 'Audit',
    q: 'left over',
  })
  expect(rest).toEqual({ scope: 'period', purpose: 'Audit' })
  expect(new Date(String(from))).toEqual(new Date(2026, 2, 1))
  expect(new Date(String(to))).toEqual(new Date(2026, 3, 1))
})

test('the cases that fit are sent with what was chosen, and nothing of the other scopes', () => {
  const values = { scope: 'cases', state: 'closed', stage: '', severity: 'high,critical', purpose: 'Audit' }
  expect(orderOf(form, { ...values, from: '2026-03-01' })).toEqual({
    ...{ scope: 'cases', state: 'closed', stage: [], severity: ['high', 'critical'] },
    ...{ nhi: null, q: null, purpose: 'Audit' },
  })
})

test('a case is named by its number, or already known', () => {
  expect(orderOf(form, { scope: 'case', number: '1007', purpose: 'Audit' })).toMatchObject({ number: '1007' })
  expect(orderOf(exportForm({ id: 'case_1', number: 1007 }), { purpose: 'Audit' })).toEqual({
    scope: 'case',
    case: 'case_1',
    purpose: 'Audit',
  })
})

test('the cases behind a history are counted before they are asked for, and the filter goes along', () => {
  const behind = { cases: 2, entries: 7, words: 'with entries by usr_ada' }
  const found = historyForm(behind, { actor: 'usr_ada' })
  expect(found.title).toBe('Export 2 cases')
  expect(found.intro).toContain('2 cases with entries by usr_ada: 7 entries by now.')
  expect(orderOf(found, { purpose: 'Audit' })).toEqual({
    ...{ scope: 'history', filter: { actor: 'usr_ada' }, purpose: 'Audit' },
  })
})
