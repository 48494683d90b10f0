import { expect, test } from 'vitest'
import type { CaseFile } from '@/lib/act/view/case'
import { threadsOf } from './threads'

type Snapshot = CaseFile['snapshots'][number]
const said = (seq: number, ts: string, thread: string | null, more: Partial<Snapshot> = {}) =>
  ({
    ...{ seq, platform: 'slack', channel: 'C1', thread, trust: 'delivered', messages: [{ message_id: ts }] },
    ...more,
  }) as Snapshot
const shape = (...snapshots: Snapshot[]) =>
  threadsOf(snapshots).map(({ first, since }) => [first.seq, since.map(({ seq }) => seq)])

test('replies stand under the thread that they were said in, however its first message came', () => {
  const fetched = said(0, '1.0', '1.0', { trust: 'platform-verified' })
  expect(shape(fetched, said(3, '1.1', '1.0'), said(4, '1.2', '1.0'))).toEqual([[0, [3, 4]]])
  expect(shape(said(0, '1.0', null), said(3, '1.1', '1.0'))).toEqual([[0, [3]]])
})

test('another thread, another channel, and what somebody put on record by hand stand by themselves', () => {
  const first = said(0, '1.0', '1.0')
  expect(
    shape(
      first,
      said(3, '2.1', '2.0'),
      said(4, '1.1', '1.0', { channel: 'C2' }),
      said(5, '1.2', '1.0', { trust: 'typed' }),
    ),
  ).toEqual([
    [0, []],
    [3, []],
    [4, []],
    [5, []],
  ])
})
