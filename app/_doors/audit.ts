import { recordRefusedLook } from '@/lib/act/look'
import type { Refusal } from '@/lib/act/refusal'
import { refusalOf } from '@/lib/policy/refusal'
import type { Asked } from './door'
import { COMMANDS, limiter } from './limit'

/** Each refusal is an event: nobody fills the record by asking again and again. */
const refusals = limiter({ burst: COMMANDS.burst / 4, perSecond: 1 })

/**
 * Whether policy lets this actor look at a case as an auditor does. A refusal goes on the case's record, whether or not the case is
 * there: in that case it is the organisation's record that holds it.
 */
export async function mayAudit(
  { actor, doors, params }: Asked,
  look: 'replayCase' | 'viewAnswers',
): Promise<Refusal | null> {
  const id = params.id ?? ''
  const now = new Date()
  const session_age = Math.floor(now.getTime() / 1000) - actor.auth.auth_time
  const resource = { kind: 'case', id, org: actor.org, owners: [] } as const
  const question = { actor, command: look, resource, context: { now: now.toISOString(), session_age } }
  const decision = doors.policies.authorize(question, doors.newId('dec'))
  if (decision.permitted) return null
  const refusal = refusalOf(decision)
  const tooOften = refusals(`${actor.org}/${actor.id}`)
  if (tooOften) return tooOften
  const about = params.request ? { request: params.request } : {}
  await recordRefusedLook(doors, actor, { command: look, stream: id, about }, decision, refusal)
  return refusal
}
