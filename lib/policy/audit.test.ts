import { expect, test } from 'vitest'
import {
  ada,
  ask,
  assistant,
  chiara,
  dev,
  esther,
  executor,
  farid,
  hugo,
  refused,
  worker,
} from './policies.fixture'

test.each(['replayCase', 'viewAnswers'])('%s is for auditors and administrators', (look) => {
  for (const who of [esther, farid]) expect(ask(who, look).rules).toEqual([RULES[look]])
  for (const who of [ada, chiara, dev, hugo, assistant, executor, worker])
    expect(refused(ask(who, look)), who.id).toEqual(['default.deny'])
  expect(ask(ada, look).reasons.join(' ')).toContain('Auditors and administrators')
})

const RULES: Readonly<Record<string, string>> = { replayCase: 'audit.replay', viewAnswers: 'audit.answers' }
