import { expect, test } from 'vitest'
import { given, type Step, saying } from '@/lib/act/given.fixture'
import { chiara } from '@/lib/act/people.fixture'
import { APPROVED, EXECUTED, PLANNED, PROMOTED, VERIFIED } from '@/lib/act/story.fixture'
import { linesOf } from './card-of'

const name = (id: string) => (id === 'usr_chiara' ? 'Chiara Lind' : id)
const lines = (steps: readonly Step[]) => linesOf(given(...steps).state, name)
const WHAT = 'postgres.rotate-password on svc-orders'

test('the card says how far a change is, and who decided on it', () => {
  expect(lines(PROMOTED)).toEqual([])
  expect(lines(PLANNED)).toEqual([`Waiting for approval: ${WHAT}`])
  expect(lines(APPROVED)).toEqual([`Approved by Chiara Lind: ${WHAT}`])
  expect(lines([...PLANNED, [chiara, 'refuseAction', saying('refuse')]])).toEqual([
    `Refused by Chiara Lind: ${WHAT}`,
  ])
  expect(lines(EXECUTED)).toEqual([`Carried out, not verified yet: ${WHAT}`])
  expect(lines(VERIFIED)).toEqual([])
})
