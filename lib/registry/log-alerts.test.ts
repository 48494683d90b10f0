import { expect, test } from 'vitest'
import { type LogHealth, logAlerts } from './log-alerts'

const WELL: LogHealth = { size: 10, witnessed_size: 10, unsealed: 0, unwitnessed: 0, refusal: null }

test('C26 nobody is called while events are sealed and witnessed in time', () => {
  expect(logAlerts(WELL, 60)).toEqual([])
  expect(logAlerts({ ...WELL, unsealed: 5, unwitnessed: 60 }, 60)).toEqual([])
})

test('C26 somebody is called when too few witnesses sign for longer than was said', () => {
  expect(logAlerts({ ...WELL, unwitnessed: 61 }, 60)).toEqual([
    'Sealed events have waited 61 seconds to be witnessed, and critical actions wait as well. Look at the witnesses below.',
  ])
  expect(logAlerts({ ...WELL, unwitnessed: 61 }, 120)).toEqual([])
})

test('C26 somebody is called when nothing is sealed, and told why where that is known', () => {
  expect(logAlerts({ ...WELL, unsealed: 400 }, 60)[0]).toContain('7 minutes')
  const refusal = { reason: 'this is an older copy.', since: '' }
  expect(logAlerts({ ...WELL, unsealed: 9_000, refusal }, 60)).toEqual([
    'Nothing is sealed: this is an older copy.',
  ])
})
