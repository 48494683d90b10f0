import { expect, it } from 'vitest'
import {
  ada,
  ask,
  assistant,
  bruno,
  chiara,
  esther,
  executor,
  farid,
  hugo,
  refused,
  through,
  worker,
} from './policies.fixture'

it('an analyst corrects an entry of the record, whether the case is open or closed', () => {
  for (const stage of ['identify', 'act', 'closed'])
    for (const analyst of [ada, bruno])
      expect(ask(analyst, 'correctEntry', { resource: { stage } })).toMatchObject({
        permitted: true,
        rules: ['corrections.correct'],
      })
})

it('C13 nobody else does: who only reads, approves or administers says what is right in other ways', () => {
  for (const actor of [hugo, chiara, esther, farid, worker])
    expect(refused(ask(actor, 'correctEntry'))).toEqual(['default.deny'])
})

it('C57 no machine does, and nobody does in chat or through an assistant', () => {
  for (const machine of [assistant, executor])
    expect(refused(ask(machine, 'correctEntry'))).toContain('machines.never-decide')
  expect(refused(ask(through(ada, 'slack'), 'correctEntry'))).toEqual(['channels.chat'])
  expect(refused(ask(through(ada, 'mcp'), 'correctEntry'))).toEqual(['channels.assistants'])
})
