import { type Refusal, refuse } from '../act/refusal'
import { type Case, requestOf } from '../case/case'
import type { Stage } from '../case/event'
import type { Request } from './action'

export function find(state: Case, id: string): Request | Refusal {
  return requestOf(state, id) ?? refuse('not_found', 'This case holds no such action.', 'Reload the case.')
}

export function inStage(state: Case, stage: Stage, what: string): Refusal | null {
  if (state.stage === stage) return null
  return refuse(
    'wrong_stage',
    `You can ${what} in the stage "${stage}"; the case is in "${state.stage}".`,
    'Follow the rail: it names what is missing to get there.',
  )
}
