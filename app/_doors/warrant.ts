import { randomBytes } from 'node:crypto'
import { caseState } from '@/db/case-of'
import { enrolledKeys } from '@/db/machines'
import { carried } from '@/lib/act/carried'
import { perform } from '@/lib/act/perform'
import { isRefusal, type Refusal, refuse } from '@/lib/act/refusal'
import { type Request as Change, standing } from '@/lib/action/action'
import { WARRANT_SECONDS } from '@/lib/action/execute'
import { issueWarrant } from '@/lib/action/warrant'
import { requestOf } from '@/lib/case/case'
import type { Actor } from '@/lib/identity/actor'
import { utf8 } from '@/lib/record/bytes'
import { checkWarrant, type SignedWarrant } from '@/lib/record/warrant'
import type { Doors } from './deps'
import { notFound } from './not-found'

/** Signs the warrant, and asks for it to be issued: it is kept with the event that names it, so that none is ever lost. */
export async function warrantFor(
  doors: Doors,
  actor: Actor,
  caseId: string,
  requestId: string,
): Promise<{ warrant: string; jti: string } | Refusal> {
  const found = await caseState(doors.sql, actor.org, caseId)
  const change = found && requestOf(found.state, requestId)
  if (!found || !change || change.action.executor !== actor.id) return notFound()
  const early = outOfTime(change, found.now)
  if (early) return early
  const key = (await enrolledKeys(doors.sql, actor.org, actor.id, 'sig')).at(-1)
  if (!key) return refuse('gate', 'The executor has no enrolled key.', 'Enroll its public key first.')
  const jti = `wrt_${randomBytes(16).toString('hex')}`
  const { action, digest, requester_accountable: accountable } = change
  const approvals = standing(change).map(({ id, approver: sub }) => ({ id, sub }))
  const warrant = await issueWarrant(
    {
      issuer: doors.origin,
      jti,
      now: found.now,
      request: requestId,
      action,
      accountable,
      executorKey: key.jwk,
      approvals,
    },
    await doors.keys.warrant(),
  )
  const expires_at = new Date(
    Math.min(
      Math.floor(found.now / 1000) + WARRANT_SECONDS,
      Math.floor(Date.parse(action.expires_at) / 1000),
    ) * 1000,
  ).toISOString()
  const kept = carried(utf8(warrant))
  const input = {
    request: requestId,
    jti,
    audience: action.connector,
    warrant_sha256: kept.sha256,
    action_digest: digest,
    expires_at,
  }
  const order = { kind: 'case', stream: caseId, command: 'issueWarrant', input, key: jti } as const
  const issued = await perform(doors, actor, order, [kept])
  return isRefusal(issued) ? issued : { warrant, jti }
}

/** The signer refuses these by throwing; whoever asks gets a sentence. */
function outOfTime({ action }: Change, now: number): Refusal | null {
  if (now < Date.parse(action.not_before))
    return refuse('stale', `It may not run before ${action.not_before}.`, 'Wait for its time.')
  if (now >= Date.parse(action.expires_at) - 1000)
    return refuse('stale', 'The approval has expired.', 'Propose the action again.')
  return null
}

/** Trades a warrant for the action that it allows, once: the key is fresh each time, so that asking again is no repetition. */
export async function redeem(
  doors: Doors,
  actor: Actor,
  jwt: string,
): Promise<{ case: string; request: string; jti: string; action: Change['action'] } | Refusal> {
  const signed = await opened(doors, actor, jwt)
  if (isRefusal(signed)) return signed
  const { case: caseId, txn: request, jti } = signed.claims
  const found = await caseState(doors.sql, actor.org, caseId)
  const change = found && requestOf(found.state, request)
  if (!change) return notFound()
  if (signed.claims.authorization_details[0].action_digest !== change.digest) {
    return refuse(
      'stale',
      'The action has been amended since this warrant was issued.',
      'Ask for the action as it stands.',
    )
  }
  const redeemed = await perform(doors, actor, {
    kind: 'case',
    stream: caseId,
    command: 'redeemWarrant',
    input: { request, jti },
    key: `redeem-${randomBytes(16).toString('hex')}`,
  })
  return isRefusal(redeemed) ? redeemed : { case: caseId, request, jti, action: change.action }
}

async function opened(doors: Doors, actor: Actor, jwt: string): Promise<SignedWarrant | Refusal> {
  const now = Math.floor(Date.now() / 1000)
  const verdict = checkWarrant(jwt, {
    jwks: await doors.keys.warrants(),
    issuer: doors.origin,
    now,
    leeway: 5,
    executor: actor.id,
  })
  if (!('refused' in verdict)) return verdict.warrant
  return refuse(
    'forbidden',
    `This warrant can't be redeemed: ${verdict.refused.replaceAll('_', ' ')}.`,
    'Ask for a new one.',
    { rules: [`warrant.${verdict.refused}`] },
  )
}
