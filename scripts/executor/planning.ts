import type { JWK } from 'jose'
import type { Logger } from 'pino'
import type { Action } from '../../lib/action/event'
import { admit, isDenied, type Registry } from '../../lib/connect/registry'
import type { Door } from './door'
import type { Next } from './execution'
import { leakedSecrets } from './secrets'

export type ToPlan = {
  readonly case: string
  readonly request: string
  readonly revision: number
  readonly action: Action
}
export type ToProbe = { readonly case: string; readonly request: string; readonly action: Action }
type Tools = {
  readonly door: Door
  readonly connectors: Registry
  readonly encKey: JWK
  readonly log: Logger
}

/** The dry run that an approver will read, or why there is none. */
export async function planFor(tools: Tools, item: ToPlan): Promise<Next> {
  const { case: caseId, request, revision, action } = item
  const admitted = admit(tools.connectors, action, await leakedSecrets(tools.door, tools.encKey, caseId))
  const plan = isDenied(admitted)
    ? { failed: true as const, reason: admitted.reason }
    : await admitted.connector.plan(admitted.work)
  const named = { case: caseId, request, revision }
  const answer =
    'failed' in plan
      ? await tools.door.post('/api/v1/executor/plan-failure', { ...named, reason: plan.reason })
      : await tools.door.post('/api/v1/executor/plan', { ...named, plan })
  tools.log.info({ request, revision, failed: 'failed' in plan, accepted: answer.ok }, 'planned')
  return answer.ok ? 'done' : 'later'
}

/** The look from outside that a verifier has asked for. */
export async function probeFor(tools: Tools, item: ToProbe): Promise<Next> {
  const { case: caseId, request, action } = item
  const admitted = admit(tools.connectors, action, await leakedSecrets(tools.door, tools.encKey, caseId))
  const seen = isDenied(admitted)
    ? { outcome: 'unknown' as const, summary: admitted.reason, result: { trouble: 'denied' } }
    : await admitted.connector.probe(admitted.work)
  const answer = await tools.door.post('/api/v1/executor/probe', { case: caseId, request, ...seen })
  tools.log.info({ request, outcome: seen.outcome, accepted: answer.ok }, 'probed')
  return answer.ok ? 'done' : 'later'
}
