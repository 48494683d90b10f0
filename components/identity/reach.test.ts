import { expect, test } from 'vitest'
import type { NhiFile } from '@/lib/act/view/nhi'
import { blast } from './reach'

const file = {
  system: 'orders',
  environment: 'production',
  privilege: 'write',
  account: 'svc_orders',
  profile: { reach: 'every table of orders; customer addresses' },
  credentials: [
    {
      credential: 'crd_1',
      kind: 'password',
      fingerprint: 'ab'.repeat(32),
      label: 'vault',
      expires_on: null,
      retired: false,
    },
    {
      credential: 'crd_0',
      kind: 'password',
      fingerprint: 'cd'.repeat(32),
      label: 'old',
      expires_on: null,
      retired: true,
    },
  ],
  cases: [{ id: 'case_1', number: 1042, title: 'Password pasted', exposed: true }],
} as unknown as NhiFile

test('an exposing case comes first, a retired credential is no way in', () => {
  expect(blast(file).ways.map((one) => one.name)).toEqual(['Case 1042', 'vault'])
})

test('what it reaches is its system and each part of what is said', () => {
  expect(blast(file).reached.map((one) => one.name)).toEqual([
    'orders, production',
    'every table of orders',
    'customer addresses',
  ])
})
