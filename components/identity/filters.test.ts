import { expect, test } from 'vitest'
import type { NhiRow } from '@/lib/act/view/nhi'
import { fitting, tally } from './filters'

const row = (name: string, health: NhiRow['health'], owner: string | null): NhiRow => ({
  id: `nhi_${name}`,
  name,
  kind: 'service-account',
  system: 'orders',
  account: name,
  environment: 'production',
  privilege: 'write',
  criticality: 'high',
  owner: owner ? { id: owner, name: owner, kind: 'human' } : null,
  backup_owner: null,
  health,
  open_cases: 0,
  last_used_on: null,
  last_rotated_on: null,
  next_review_on: null,
  disabled: false,
})
const rows = [row('svc-orders', ['exposed', 'unrotated'], 'usr_dev'), row('etl-old', ['orphaned'], null)]
const none = { q: '', health: '', kind: '', owner: '' }

test('every word must be found somewhere', () => {
  expect(fitting(rows, { ...none, q: 'orders production svc' }, null)).toEqual([rows[0]])
})

test('any of the chosen ailments fits, and "mine" means the reader', () => {
  expect(fitting(rows, { ...none, health: 'orphaned,exposed' }, null)).toHaveLength(2)
  expect(fitting(rows, { ...none, owner: 'me' }, 'usr_dev')).toEqual([rows[0]])
})

test('ailments are counted', () => {
  expect(tally(rows)).toMatchObject({ exposed: 1, orphaned: 1, stale: 0 })
})
