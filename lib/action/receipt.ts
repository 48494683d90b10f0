import { type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import type { Case } from '../case/case'
import type { CaseCommand } from '../case/command'
import type { CaseEvent } from '../case/event'
import type { Request } from './action'

type Handed = { readonly result_sha256: string; readonly result_bytes: number }

/** Evidence that an executor hands in: collected by it, with the connector as the tool. The same content is attached once. */
export function receipt(
  state: Case,
  kind: 'receipt' | 'probe',
  handed: Handed,
  request: Request,
  given: Given<CaseCommand>,
): CaseEvent[] {
  const sha256 = handed.result_sha256
  if (state.evidence.some((each) => each.sha256 === sha256)) return []
  const data = {
    sha256,
    bytes: handed.result_bytes,
    media_type: 'application/json',
    name: `${request.action.kind}.${kind}.json`,
    kind,
    source: request.action.connector,
    collected_by: given.actor.id,
    collected_at: given.now,
    tool: request.action.kind,
    trust: 'delivered' as const,
  }
  return [{ type: 'evidence.attached', data }]
}

export function isExecutor(request: Request, given: Given<CaseCommand>): Refusal | null {
  if (given.actor.kind === 'nhi' && given.actor.id === request.action.executor) return null
  return refuse(
    'separation_of_duties',
    "Only this action's executor may do that.",
    'A person starts the execution; the executor carries it out.',
  )
}
