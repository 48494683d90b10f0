import { type ApprovalStatement, statementChallenge } from '../approval'
import type { Json } from '../canonical'
import { sha256Hex } from '../digest'
import { checkTie } from './accounts'
import type { Context } from './context'
import type { ApprovalFact, Facts } from './facts'
import type { Fields } from './fields'
import { openIdToken } from './id-token'
import { readBytes } from './reader'
import type { Registry } from './registry'
import type { SignInFact } from './sign-in-fact'

// The issuer's clock and the database's may differ by this much.
const LEEWAY_SECONDS = 60

/**
 * An approval by signing in again for exactly this statement: the issuer vouches for it, under the keys that were kept, and the
 * registry says whose account that is.
 */
export async function checkSignIn(
  { reader, report }: Context,
  facts: Facts,
  { accounts }: Registry,
  approval: ApprovalFact,
  statement: ApprovalStatement,
  bytes: Uint8Array,
): Promise<void> {
  const { where, approver, folder, signIn } = approval
  checkAccount({ report }, facts, approval)
  const [token, jwks] = [
    await readBytes(reader, `${folder}id-token.jwt`),
    await readBytes(reader, `${folder}issuer-jwks.json`),
  ]
  if (!token || !jwks) {
    const sentence = `The sign-in of ${approver} is not there, or not the issuer's keys for it.`
    report.add('approval.id_token_missing', sentence, where)
    return
  }
  report.add(
    'approval.issuer_keys_copied',
    `${approver} signed in as ${signIn.subject} at ${signIn.issuer}: compare issuer-jwks.json, the operator's copy, with the keys that it publishes.`,
    where,
  )
  if (sha256Hex(token) !== approval.assertionDigest || sha256Hex(jwks) !== signIn.keysDigest) {
    const sentence = `This is not the sign-in that was recorded when ${approver} decided, or not with these keys.`
    report.add('approval.id_token_altered', sentence, where)
  }
  const opened = await openIdToken(token, jwks)
  if (!opened?.isSigned) reportUnsigned({ report }, approval, opened?.isSigned === null)
  if (!opened) return
  checkClaims({ report }, approval, statement, bytes, opened.claims)
  checkTie({ report }, accounts, approval, opened.claims)
}

type Reporting = Pick<Context, 'report'>

/** A quorum counts people: two of them with one account are at most one. */
function checkAccount({ report }: Reporting, { approvals }: Facts, approval: ApprovalFact): void {
  const { approver, request, case: stream, signIn, where } = approval
  const other = approvals.find(
    (each) =>
      each.method === 'oidc-nonce' &&
      each.request === request &&
      each.case === stream &&
      each.approver !== approver &&
      each.signIn.issuer === signIn.issuer &&
      each.signIn.subject === signIn.subject,
  )
  if (!other) return
  const sentence = `${approver} and ${other.approver} decided with one account, ${signIn.subject} at ${signIn.issuer}.`
  report.add('approval.shared_account', sentence, where)
}

function reportUnsigned({ report }: Reporting, { approver, where }: ApprovalFact, isUntold: boolean): void {
  if (isUntold) {
    const sentence = `Whether the issuer signed ${approver}'s sign-in can't be checked here: there is no Web Cryptography.`
    report.add('approval.id_token_unchecked', sentence, where)
  } else {
    const sentence = `The sign-in of ${approver} isn't signed by exactly one of the issuer's keys.`
    report.add('approval.id_token_bad_signature', sentence, where)
  }
}

/** OpenID Connect Core 1.0, section 3.1.3.7, of what still says something years later. */
function checkClaims(
  { report }: Reporting,
  { approver, at, where, signIn }: ApprovalFact,
  statement: ApprovalStatement,
  bytes: Uint8Array,
  claims: Fields,
): void {
  if (claims.nonce !== statementChallenge(bytes)) {
    report.add('approval.wrong_nonce', `${approver} signed in for something else than this statement.`, where)
  }
  for (const name of mismatches(claims, signIn)) {
    report.add('approval.id_token_mismatch', `The sign-in's ${name} is not the one on record.`, where)
  }
  if (!isWithin(claims.auth_time, statement.iat, at)) {
    const sentence = `${approver} did not sign in between seeing the statement and deciding on it.`
    report.add('approval.sign_in_stale', sentence, where)
  }
}

function mismatches({ iss, sub, aud, azp }: Fields, { issuer, subject, clientId }: SignInFact): string[] {
  const wrong = {
    iss: issuer === null || iss !== issuer,
    sub: subject === null || sub !== subject,
    aud: clientId === null || !isFor(clientId, aud, azp),
  }
  return Object.entries(wrong).flatMap(([name, isWrong]) => (isWrong ? [name] : []))
}

/** One audience; of several the one to whom it was issued. */
function isFor(clientId: string, aud: Json | undefined, azp: Json | undefined): boolean {
  const audiences = Array.isArray(aud) ? aud : [aud]
  return audiences.includes(clientId) && (azp === undefined ? audiences.length === 1 : azp === clientId)
}

/** @param time seconds since 1970 @param from @param until times as in events */
function isWithin(time: Json | undefined, from: string, until: string): boolean {
  if (typeof time !== 'number' || !Number.isInteger(time)) return false
  const [first, last] = [
    Date.parse(from) / 1_000 - LEEWAY_SECONDS,
    Date.parse(until) / 1_000 + LEEWAY_SECONDS,
  ]
  return time >= first && time <= last
}
