import { toBase64Url } from './base64'
import { concat } from './bytes'
import { jcs, parseCanonical } from './canonical'
import { sha256, sha256Hex } from './digest'
import { isTime } from './envelope'
import { malformed } from './malformed'

/** What an approver signs: this decision about this exact action, seen at this point of the record. */
export type ApprovalStatement = {
  readonly action_digest: string
  readonly approver: string
  /** The web origin on which it is signed. */
  readonly aud: string
  readonly case: string
  /** `approve`, or another word for no. */
  readonly decision: string
  readonly executor: string
  readonly exp: string
  /** Digest of an event of this case that the approver saw. */
  readonly head: string
  readonly iat: string
  readonly nonce: string
  readonly policy: string
  readonly request: string
  readonly requester: string
  readonly revision: number
  readonly type: 'onrecord.approval/v1'
}

/** action_digest = "sha256:" || hex(SHA-256(JCS(action))) (RFC 8785). @throws Malformed */
export function actionDigest(action: unknown): string {
  return `sha256:${sha256Hex(jcs(action))}`
}

/** The statement's bytes, RFC 8785. Spell out every field: what is not signed was not approved. @throws Malformed */
export function statementBytes(statement: ApprovalStatement): Uint8Array {
  return jcs(statement)
}

/** hex(SHA-256(statement bytes)): `statement_sha256` in `approval.recorded`. */
export function statementDigest(bytes: Uint8Array): string {
  return sha256Hex(bytes)
}

/** base64url(SHA-256(statement bytes)): the WebAuthn challenge, and OpenID Connect's `nonce` where there is no passkey. */
export function statementChallenge(bytes: Uint8Array): string {
  return toBase64Url(sha256(bytes))
}

/**
 * assertion_sha256 = hex(SHA-256(authenticatorData || SHA-256(clientDataJSON) || signature)).
 * On the record at once, so that a missing signature can't be made later.
 */
export function assertionDigest(authData: Uint8Array, clientData: Uint8Array, signature: Uint8Array): string {
  return sha256Hex(concat(authData, sha256(clientData), signature))
}

const TEXTS = [
  'action_digest',
  'approver',
  'aud',
  'case',
  'decision',
  'executor',
  'exp',
  'head',
  'iat',
  'nonce',
  'policy',
  'request',
  'requester',
] as const

/** @throws Malformed `bad_statement`, or as `parseCanonical` */
export function parseStatement(bytes: Uint8Array): ApprovalStatement {
  const value = parseCanonical(bytes)
  if (!isStatement(value))
    throw malformed('bad_statement', 'This is not a statement of type onrecord.approval/v1.')
  return value
}

function isStatement(value: unknown): value is ApprovalStatement {
  if (typeof value !== 'object' || value === null) return false
  const fields = value as Readonly<Record<string, unknown>>
  if (fields.type !== 'onrecord.approval/v1' || typeof fields.revision !== 'number') return false
  if (!TEXTS.every((name) => typeof fields[name] === 'string')) return false
  return isTime(String(fields.iat)) && isTime(String(fields.exp))
}
