import { describe, expect, test } from 'vitest'
import { health, type Surroundings } from './health'
import type { Nhi } from './nhi'
import { given, orders } from './nhi.fixture'

const fine = given([['registerNhi', { ...orders, last_rotated_on: '2026-02-01' }]]).state
const around: Surroundings = { owner_active: true, exposed: false, today: '2026-03-02' }
type Profile = Partial<Nhi['profile']>

describe('the health of an identity', () => {
  const signs: readonly [string, Profile, Partial<Nhi>, Partial<Surroundings>, string[]][] = [
    ['used, rotated, owned and reviewed is well', {}, {}, {}, []],
    ['without an owner is orphaned', { owner: null }, {}, {}, ['orphaned']],
    ['whose owner has left is orphaned', {}, {}, { owner_active: false }, ['orphaned']],
    ['unused for 90 days is not stale yet', { last_used_on: '2025-12-02' }, {}, {}, []],
    ['unused for 91 days is stale', { last_used_on: '2025-12-01' }, {}, {}, ['stale']],
    ['never used, and old, is stale', { last_used_on: null, created_on: '2025-11-01' }, {}, {}, ['stale']],
    ['never used, of unknown age, is new', { last_used_on: null, created_on: null }, {}, {}, []],
    [
      'with privilege unused for a month is over-privileged',
      { privilege: 'admin', last_used_on: '2026-01-30' },
      {},
      {},
      ['over-privileged'],
    ],
    [
      'found over-privileged by a review is so until it is lowered',
      {},
      { reduce_due: true },
      {},
      ['over-privileged'],
    ],
    ['rotated 91 days ago is unrotated', { last_rotated_on: '2025-12-01' }, {}, {}, ['unrotated']],
    ['past its expiry is unrotated', { expires_on: '2026-03-01' }, {}, {}, ['unrotated']],
    [
      'that holds no copyable secret is never unrotated',
      { kind: 'workload', last_rotated_on: null },
      {},
      {},
      [],
    ],
    ['named by an open case is exposed', {}, {}, { exposed: true }, ['exposed']],
    ['past its review is unreviewed', {}, { next_review_on: '2026-03-01' }, {}, ['unreviewed']],
    ['due for review today is not late', {}, { next_review_on: '2026-03-02' }, {}, []],
  ]
  test.each(signs)('%s', (_name, profile, state, surroundings, expected) => {
    const nhi = { ...fine, ...state, profile: { ...fine.profile, ...profile } }
    expect(health(nhi, { ...around, ...surroundings })).toEqual(expected)
  })
})
