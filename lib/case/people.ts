import { type Refusal, refuse } from '../act/refusal'
import type { Actor } from '../identity/actor'
import type { CaseCommand } from './command'

/** What only a person may do, whatever policy says: an agent proposes and an executor carries out, people judge. */
const BY_PEOPLE: readonly CaseCommand['command'][] = [
  'raiseTrust',
  'confirmCase',
  'dismissCase',
  'assignCase',
  'acceptAssignment',
  'declineAssignment',
  'agreeNoAction',
  'grantException',
  'refuseException',
  'approveAction',
  'refuseAction',
  'startExecution',
  'recordVerification',
  'correctEntry',
  'advanceCase',
  'returnCase',
  'closeCase',
  'reopenCase',
  'requestErasure',
  'agreeErasure',
  'refuseErasure',
  'placeHold',
  'liftHold',
]

export function byPeople(command: CaseCommand['command'], actor: Actor): Refusal | null {
  if (actor.kind === 'human' || !BY_PEOPLE.includes(command)) return null
  return refuse('separation_of_duties', 'Only a person can decide that.', 'Ask a member who may.')
}
