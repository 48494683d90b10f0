import type { Actor } from '../identity/actor'
import { statementBytes } from '../record/approval'
import { approves, softKey } from '../record/authenticator.test-support'
import { toBase64Url } from '../record/base64'
import { fromUtf8 } from '../record/bytes'
import { BUNDLE, ORIGIN, requestIn, type Step, type World } from './given.fixture'
import { ada } from './people.fixture'
import { statementFor } from './statement'
import { PLANNED } from './story.fixture'

const rpId = 'record.halden.example'
const key = softKey()

/** The passkey that this person has enrolled; null when somebody else asks with it. */
export function holdingKey(user: string, revoked_at: string | null = null): Step {
  const passkey = {
    ...{ credential_id: toBase64Url(key.credentialId), cose: toBase64Url(key.cose), user, revoked_at },
    ...{ rp_id: rpId, origin: ORIGIN },
  }
  return { facts: (facts) => ({ ...facts, passkey }) }
}

export const REASON = 'The password is being used by an attacker right now, and no approver answers.'

/** Breaks the glass, signed with the passkey over exactly this. */
export function breaking({ state, now, head }: World, actor: Actor) {
  const request = requestIn(state)
  const seen = { actor, state, now, origin: ORIGIN, policies: { bundle: BUNDLE } }
  const statement = fromUtf8(statementBytes(statementFor(seen, request, 'break-glass', 'nonce', head)))
  const passkey = approves(key, statement, { origin: ORIGIN, rpId })
  return { request: request.id, reason: REASON, statement, passkey }
}

export function reviewed(outcome: 'justified' | 'unjustified') {
  return ({ state }: World) => ({ request: requestIn(state).id, outcome, note: 'I looked at the logs.' })
}

/** It burns at night: Ada proposed it, nobody approved it, and she breaks the glass. */
export const BROKEN: Step[] = [...PLANNED, holdingKey('usr_ada'), [ada, 'invokeBreakGlass', breaking]]
