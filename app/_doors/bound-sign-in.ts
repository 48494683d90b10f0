import { buffer } from 'node:stream/consumers'
import { generators, type IdTokenClaims } from 'openid-client'
import { isKept } from '@/db/content/store'
import { perform } from '@/lib/act/perform'
import { isRefusal, type Refusal, refuse } from '@/lib/act/refusal'
import type { BoundSignIn } from '@/lib/identity/actor'
import { statementChallenge, statementDigest } from '@/lib/record/approval'
import { fromUtf8, utf8 } from '@/lib/record/bytes'
import { boundOrder, type Intent, intentCookie, noIntentCookie } from './bound-intent'
import type { Doors } from './deps'
import type { Asked } from './door'
import { readInput } from './input'
import { beginSession, endSession } from './local'
import { log } from './log'
import { callbackOf, keysFor, providerOf } from './provider'
import { readCookie } from './session-cookie'
import { admit, redirect } from './sign-in'
import { personOf } from './who'

const NOTHING_TO_SIGN = refuse(
  'invalid',
  '"statement": it is empty, so there is nothing to sign.',
  'Send the statement as it was shown.',
  { field: 'statement' },
)

/**
 * To the provider, with the statement's digest as the `nonce` that it will sign, and a sign-in that may not be an old one
 * (`max_age=0`). What was to be approved waits in the browser, under our MAC; the statement's bytes wait here.
 */
export async function startBound({ request, params, actor, doors }: Asked): Promise<unknown> {
  const { settings } = doors
  if (!settings.oidc || actor.kind !== 'human')
    return refuse(
      'not_found',
      'There is no provider here that could vouch for this.',
      'Approve with a passkey.',
    )
  const input = await readInput(request, boundOrder)
  if (isRefusal(input)) return input
  const bytes = utf8(input.statement)
  const kept = await doors.content.keep(actor.org, [bytes], bytes.length)
  if (!isKept(kept)) return NOTHING_TO_SIGN
  const [state, verifier] = [generators.state(), generators.codeVerifier()]
  const client = await providerOf(settings, settings.oidc).catch(() => null)
  if (!client)
    return refuse(
      'unavailable',
      'The identity provider does not answer.',
      'Try again in a moment. Nothing was approved.',
    )
  const location = client.authorizationUrl({
    scope: settings.oidc.scope,
    state,
    nonce: statementChallenge(bytes),
    max_age: 0,
    ...(settings.oidc.acr.length > 0 ? { acr_values: settings.oidc.acr.join(' ') } : {}),
    prompt: 'login',
    code_challenge: generators.codeChallenge(verifier),
    code_challenge_method: 'S256',
  })
  const intent: Intent = {
    member: actor.id,
    case: params.id ?? '',
    request: params.request ?? '',
    statement: statementDigest(bytes),
    dwell_ms: input.dwell_ms,
    begun: Math.floor(Date.now() / 1000),
    state,
    verifier,
  }
  const headers = { 'cache-control': 'no-store', 'set-cookie': intentCookie(intent, settings) }
  return Response.json({ location }, { headers })
}

/** Back from the provider: if it has vouched for this statement and this person, the approval is given; else nothing is. */
export async function finishBound(
  request: Request,
  intent: Intent,
  doors: Doors,
  id: string,
): Promise<Response> {
  const back = `/approvals/${intent.case}/${intent.request}`
  const done = [noIntentCookie(doors.settings)]
  const found = await vouchedFor(request, intent, doors).catch((error: unknown) => {
    log.warn(
      { request: id, reason: error instanceof Error ? error.message : 'unknown' },
      'a sign-in for an approval failed',
    )
    return null
  })
  if (!found) return redirect(`${back}?not=failed`, done)
  await endSession(request, doors)
  const cookie = await beginSession(doors, intent.member, found.auth)
  const session = readCookie(cookie, doors.settings)
  const actor = session && (await personOf(session, id, doors, found.bound))
  const outcome = actor
    ? await perform(doors, actor, {
        kind: 'case',
        stream: intent.case,
        command: 'approveAction',
        key: `bound-${intent.state}`,
        input: {
          request: intent.request,
          statement: found.statement,
          dwell_ms: intent.dwell_ms,
          passkey: null,
        },
      })
    : signedOut()
  return redirect(isRefusal(outcome) ? `${back}?not=${outcome.code}` : back, [...done, cookie])
}

function signedOut(): Refusal {
  return refuse('forbidden', 'This member has left.', 'Ask an administrator.')
}

/** Clocks of two companies. */
const APART_SECONDS = 60

/** @throws Error for whatever doesn't hold; its sentence is for our own log */
async function vouchedFor(request: Request, intent: Intent, doors: Doors) {
  const { settings, content } = doors
  if (!settings.oidc) throw new Error('there is no provider any more')
  const client = await providerOf(settings, settings.oidc)
  const kept = await content.read(settings.org, intent.statement)
  if (!kept) throw new Error('the statement is not kept')
  const statement = new Uint8Array(await buffer(kept.stream))
  const parameters = Object.fromEntries(new URL(request.url).searchParams)
  // Checks issuer, audience, signature, expiry, nonce, and that the code is for whoever holds the verifier.
  const tokens = await client.callback(callbackOf(settings), parameters, {
    state: intent.state,
    nonce: statementChallenge(statement),
    code_verifier: intent.verifier,
    response_type: 'code',
  })
  const claims = tokens.claims()
  if (!isSince(claims, intent.begun)) throw new Error('the sign-in is an old one')
  // What came back, not what was asked for: a provider may answer with less.
  if (settings.oidc.acr.length > 0 && !settings.oidc.acr.includes(claims.acr ?? ''))
    throw new Error('the sign-in is of a weaker kind')
  const signedIn = await admit({ ...claims }, doors)
  if ('refused' in signedIn || signedIn.member !== intent.member) throw new Error('somebody else signed in')
  const idToken = tokens.id_token ?? ''
  const bound: BoundSignIn = {
    statement_sha256: intent.statement,
    issuer: claims.iss,
    subject: claims.sub,
    client_id: settings.oidc.clientId,
    id_token: await keep(doors, utf8(idToken)),
    issuer_jwks: await keep(doors, await keysFor(idToken, client)),
  }
  return { statement: fromUtf8(statement), auth: signedIn.auth, bound }
}

/** The provider says when the person signed in, and that was for this (C08). */
function isSince({ auth_time }: IdTokenClaims, begun: number): boolean {
  const now = Math.floor(Date.now() / 1000)
  return (
    typeof auth_time === 'number' && auth_time >= begun - APART_SECONDS && auth_time <= now + APART_SECONDS
  )
}

async function keep({ content, settings }: Doors, bytes: Uint8Array): Promise<string> {
  const kept = await content.keep(settings.org, [bytes], bytes.length)
  if (!isKept(kept)) throw new Error('the disk is full')
  return kept.sha256
}
