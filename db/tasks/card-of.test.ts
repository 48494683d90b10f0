import { expect, test } from 'vitest'
import { given, type Step, saying } from '@/lib/act/given.fixture'
import { chiara, worker } from '@/lib/act/people.fixture'
import { APPROVED, EXECUTED, PLANNED, PROMOTED, VERIFIED } from '@/lib/act/story.fixture'
import { awaited } from '@/lib/case/late.fixture'
import { linesOf } from './card-of'

const name = (id: string | null | undefined) => (id === 'usr_chiara' ? 'Chiara Lind' : (id ?? 'nobody'))
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

test('the card says what has waited too long, and who was told, before anything else', () => {
  const late: Step[] = [...PLANNED, { minutes: 240 }, [worker, 'escalateApproval', awaited]]
  expect(lines(late)).toEqual([
    `Half of the time for approving is over: ${WHAT}; escalated to usr_farid (administrator)`,
    `Waiting for approval: ${WHAT}`,
  ])
})
