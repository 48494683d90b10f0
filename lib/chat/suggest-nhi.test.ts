import { expect, test } from 'vitest'
import { suggestNhis } from './suggest-nhi'

const orders = {
  id: 'nhi_svc-orders',
  name: 'svc-orders',
  account: 'svc_orders',
  fingerprints: ['f'.repeat(64)],
}
const alertbot = { id: 'nhi_alertbot', name: 'alertbot', account: 'A0ALERT001', fingerprints: [] }
const runner = {
  id: 'nhi_ci-runner',
  name: 'ci-runner',
  account: 'arn:aws:iam::123456789012:role/ci-runner',
  fingerprints: [],
}
const known = [alertbot, runner, orders]
const nothing = { texts: [], secrets: [], posters: [] }

test('a registered credential is recognised by its fingerprint, and comes first', () => {
  const secrets = [{ label: 'password', fingerprint: 'f'.repeat(64) }]
  expect(suggestNhis(known, { ...nothing, secrets, texts: ['alertbot says'] })).toEqual([
    { nhi: 'nhi_svc-orders', reason: 'The secret in the message is its registered credential.' },
    { nhi: 'nhi_alertbot', reason: 'The message names it, alertbot.' },
  ])
})

test.each([
  [
    'the account in the masked connection string',
    { ...nothing, texts: ['postgres://svc_orders:[secret: postgres password 3f9a0000…]@db/orders'] },
    'nhi_svc-orders',
  ],
  [
    'the account in the label of a secret',
    { ...nothing, secrets: [{ label: 'postgres password of svc_orders at db', fingerprint: '0' }] },
    'nhi_svc-orders',
  ],
  ['the app that posted', { ...nothing, posters: ['A0ALERT001'] }, 'nhi_alertbot'],
  [
    'an ARN',
    { ...nothing, texts: ['role arn:aws:iam::123456789012:role/ci-runner, again'] },
    'nhi_ci-runner',
  ],
])('%s', (_, finding, nhi) => {
  expect(suggestNhis(known, finding)[0]?.nhi).toBe(nhi)
})

test('part of a name is not the name', () => {
  expect(suggestNhis(known, { ...nothing, texts: ['svc_orders_v2 and malertbot'] })).toEqual([])
})
