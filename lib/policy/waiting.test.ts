import { describe, expect, it } from 'vitest'
import { ada, ask, assistant, chiara, farid, refused, worker } from './policies.fixture'

describe('C03: saying that somebody has waited too long', () => {
  it.each(['escalateCase', 'escalateAssignment', 'escalateApproval'])(
    'C03: %s is On Record’s own, and no person’s or program’s',
    (command) => {
      expect(ask(worker, command)).toMatchObject({ permitted: true, rules: ['waiting.said'] })
      for (const actor of [ada, chiara, farid, assistant])
        expect(refused(ask(actor, command))).toEqual(['default.deny'])
    },
  )

  it.each(['approveAction', 'refuseAction', 'assignCase', 'acceptAssignment', 'closeCase'])(
    'C03: %s stays with people, however long it takes',
    (command) => {
      expect(ask(worker, command).permitted).toBe(false)
    },
  )
})
