export type WarrantAlgorithm = 'ES256' | 'EdDSA'

export type WarrantHeader = {
  readonly typ: 'onrecord-warrant+jwt'
  readonly alg: WarrantAlgorithm
  readonly kid: string
}

/** RFC 7519 claims; `act` RFC 8693, `cnf` RFC 7800 with RFC 9449 or 8705, `authorization_details` RFC 9396. */
export type WarrantClaims = {
  readonly iss: string
  /** The accountable person. */
  readonly sub: string
  /** The executor. */
  readonly act: { readonly sub: string }
  /** One connector. */
  readonly aud: string
  readonly iat: number
  readonly nbf: number
  readonly exp: number
  readonly jti: string
  /** The request. */
  readonly txn: string
  readonly case: string
  readonly cnf: { readonly jkt: string } | { readonly 'x5t#S256': string }
  readonly authorization_details: readonly [WarrantAuthority]
  readonly approvals: readonly { readonly id: string; readonly sub: string }[]
}

export type WarrantAuthority = {
  readonly type: 'onrecord_action'
  readonly actions: readonly string[]
  readonly locations: readonly string[]
  readonly identifier: string
  readonly action_digest: string
}

/** Whether these are a warrant's claims, all of them and each of its kind. */
export function isClaims(value: { readonly [name: string]: unknown }): value is WarrantClaims {
  const { act, cnf, authorization_details: details, approvals } = value
  return (
    TEXTS.every((name) => typeof value[name] === 'string') &&
    TIMES.every((name) => typeof value[name] === 'number') &&
    isRecord(act) &&
    typeof act.sub === 'string' &&
    isConfirmation(cnf) &&
    Array.isArray(details) &&
    details.length === 1 &&
    isAuthority(details[0]) &&
    Array.isArray(approvals) &&
    approvals.every((approval) => isRecord(approval) && isText(approval.id) && isText(approval.sub))
  )
}

// A single audience: a list, even of one, is refused.
const TEXTS = ['iss', 'sub', 'aud', 'jti', 'txn', 'case'] as const
const TIMES = ['iat', 'nbf', 'exp'] as const

function isConfirmation(cnf: unknown): boolean {
  return isRecord(cnf) && Object.keys(cnf).length === 1 && (isText(cnf.jkt) || isText(cnf['x5t#S256']))
}

function isAuthority(detail: unknown): boolean {
  if (!isRecord(detail) || detail.type !== 'onrecord_action') return false
  const { actions, locations, identifier, action_digest: digest } = detail
  return isTexts(actions) && isTexts(locations) && isText(identifier) && isText(digest)
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isText)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
