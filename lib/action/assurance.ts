import { isRefusal, type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import type { CaseCommand } from '../case/command'
import { accountable, type BoundSignIn } from '../identity/actor'
import { statementDigest } from '../record/approval'
import { fromBase64Url } from '../record/base64'
import { utf8 } from '../record/bytes'
import { fromCose } from '../record/cose'
import { sha256Hex } from '../record/digest'
import { type AssertionRefusal, checkAssertion, digestOf } from '../record/webauthn'
import type { SentAssertion } from './command'
import type { ActionEvent, Quorum } from './event'

type Recorded = Extract<ActionEvent, { type: 'approval.recorded' }>['data']
/** How a decision is shown to be this person's, as the record keeps it. */
type Proof = Pick<Recorded, 'method' | 'credential_id' | 'assertion_sha256' | 'assertion_files' | 'sign_in'>
/** The same where it is a passkey's signature. */
type Signed = {
  readonly method: 'webauthn'
  readonly credential_id: string
  readonly assertion_sha256: string
  readonly assertion_files: NonNullable<Recorded['assertion_files']>
}
type Sent = { readonly statement: string; readonly passkey: SentAssertion | null }

/** "Fresh" means signed in within the last quarter of an hour. */
const FRESH_SECONDS = 900

/**
 * What proves this decision, if it proves enough for the quorum. A passkey's signature, once sent, has to be good even
 * where less would do. `sent` is null for a refusal: nobody is kept from saying no.
 */
export function provenBy(quorum: Quorum, sent: Sent | null, given: Given<CaseCommand>): Proof | Refusal {
  if (!sent) return by('session')
  if (sent.passkey) return signedWith(sent.statement, sent.passkey, given)
  const { auth_time, bound, provider } = given.actor.auth
  switch (quorum.assurance) {
    case 'session':
      return bound ? signedInFor(sent.statement, bound) : by('session')
    case 'fresh':
    case 'vouched': {
      // A request from before there was a provider asks for what can be had now.
      if (!bound && (provider || quorum.assurance === 'vouched')) return unvouched(quorum)
      const age = Date.parse(given.now) / 1000 - auth_time
      if (age <= FRESH_SECONDS) return bound ? signedInFor(sent.statement, bound) : by('fresh-sign-in')
      return refuse(
        'assurance_required',
        'You signed in more than 15 minutes ago.',
        'Sign in again, then approve: what you have seen stays open.',
      )
    }
    case 'passkey':
      return refuse(
        'assurance_required',
        `A ${quorum.tier}-risk action needs a passkey's signature.`,
        'Sign with a passkey of yours; enrol one first if you have none.',
      )
  }
}

/** A session, however fresh, says nothing about this statement, and its time is our word alone. */
function unvouched({ tier }: Quorum): Refusal {
  return refuse(
    'assurance_required',
    `A ${tier}-risk action takes a passkey’s signature, or a sign-in for exactly this approval.`,
    'Sign with a passkey of yours, or choose “Sign in again” on the approval’s page: your provider then vouches for what it shows.',
  )
}

function by(method: 'session' | 'fresh-sign-in'): Proof {
  return { method, credential_id: null, assertion_sha256: null, assertion_files: null }
}

/** The identity provider has signed that this person signed in again for exactly this statement. */
function signedInFor(statement: string, bound: BoundSignIn): Proof | Refusal {
  const { statement_sha256, id_token, ...sign_in } = bound
  if (statementDigest(utf8(statement)) !== statement_sha256)
    return no('wrong_nonce', 'This sign-in was made for another statement.')
  const { issuer, subject, client_id, issuer_jwks } = sign_in
  return {
    method: 'oidc-nonce',
    credential_id: null,
    assertion_sha256: id_token,
    assertion_files: null,
    sign_in: { issuer, subject, client_id, issuer_jwks },
  }
}

/** Signed over exactly this statement with a passkey that this person had enrolled, and that nobody has revoked. */
export function signedWith(
  statement: string,
  sent: SentAssertion,
  given: Given<CaseCommand>,
): Signed | Refusal {
  const key = standingKey(sent.credential_id, given)
  if (isRefusal(key)) return key
  const assertion = {
    clientData: fromBase64Url(sent.client_data),
    authData: fromBase64Url(sent.auth_data),
    signature: fromBase64Url(sent.signature),
  }
  const refused = checkAssertion(assertion, {
    statement: utf8(statement),
    key: fromCose(fromBase64Url(key.cose)),
    rpId: key.rp_id,
    origin: key.origin,
  })
  if (refused) return no(refused, `The passkey's signature doesn't stand: ${refused.replaceAll('_', ' ')}.`)
  return {
    method: 'webauthn',
    credential_id: key.credential_id,
    assertion_sha256: digestOf(assertion),
    assertion_files: {
      auth_data: sha256Hex(assertion.authData),
      client_data: sha256Hex(assertion.clientData),
      signature: sha256Hex(assertion.signature),
    },
  }
}

function standingKey(id: string, { facts: { passkey }, actor, origin }: Given<CaseCommand>) {
  if (passkey?.credential_id !== id) return no('key_not_enrolled', 'This passkey is not enrolled here.')
  if (passkey.user !== accountable(actor)) return no('key_of_another', 'This passkey is somebody else’s.')
  if (passkey.revoked_at !== null) return no('key_revoked', 'This passkey was revoked.')
  if (passkey.origin !== origin)
    return no('wrong_origin', `This passkey was enrolled at ${passkey.origin}, not here.`)
  return passkey
}

type Why = AssertionRefusal | 'wrong_nonce' | 'key_not_enrolled' | 'key_of_another' | 'key_revoked'

/** Each way to fail has a code of its own, the one that a verifier of the record would find; and an attempt is evidence. */
function no(why: Why, sentence: string): Refusal {
  const remedy = 'Open the approval again, and sign what it shows.'
  return refuse('forbidden', sentence, remedy, { rules: [`approval.${why}`] })
}
