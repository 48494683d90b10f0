import { findMachine, spendAssertion } from '@/db/machines'
import { type Refusal, refuse } from '@/lib/act/refusal'
import { checkProof } from '@/lib/action/proof'
import { type Actor, type BoundSignIn, identified } from '@/lib/identity/actor'
import { rolesOfKind } from '@/lib/nhi/roles'
import { readAccess } from './access-token'
import type { Doors } from './deps'
import { seen } from './seen'
import { readCookie, type SessionToken } from './session-cookie'

/** `nobody`: no credential, or one that has ended. */
export type Who = { readonly actor: Actor } | { readonly nobody: string } | { readonly refused: Refusal }

/**
 * Who is asking? The only maker of an Actor from a request: a person by their session, or a machine by its access token, never
 * both. Roles and owners are read at every request, so that what was taken away is gone at once (C14).
 */
export async function who(request: Request, id: string, doors: Doors): Promise<Who> {
  const authorization = request.headers.get('authorization')
  const session = readCookie(request.headers.get('cookie'), doors.settings)
  if (authorization !== null && session) {
    return {
      refused: refuse('invalid', 'This request carries a session and an access token.', 'Send one of them.'),
    }
  }
  if (authorization !== null) return machine(authorization, request, id, doors)
  if (!session) return { nobody: 'You are not signed in.' }
  const actor = await personOf(session, id, doors)
  if (!actor) return { nobody: 'Your session has ended.' }
  const foreign = changes(request) ? sameOrigin(request, doors.settings.origin) : null
  return foreign ? { refused: foreign } : { actor }
}

/** The person of this session, with the roles that they have now; `bound`: who has just signed in for one statement alone. */
export async function personOf(
  { org, digest }: SessionToken,
  id: string,
  { findSession, settings }: Doors,
  bound?: BoundSignIn,
): Promise<Actor | null> {
  const found = await findSession({ org, digest })
  if (!found) return null
  const { member, name, roles } = found
  const auth = { ...found.auth, ...vouching(settings), ...(bound ? { bound } : {}) }
  return identified({ kind: 'human', org, via: 'web', id: member, name, roles, auth, request: id })
}

function vouching({ oidc }: Doors['settings']): { provider?: true } {
  return oidc ? { provider: true } : {}
}

async function machine(authorization: string, request: Request, id: string, doors: Doors): Promise<Who> {
  const { settings, sql } = doors
  const token = /^(?:Bearer|DPoP) ([\w.~+/=-]{20,8000})$/i.exec(authorization)?.[1]
  const access = token ? await readAccess(token, doors) : null
  if (!access) return { nobody: 'The access token is missing, has expired, or is not one of ours.' }
  if (access.scope === 'read' && changes(request)) {
    return {
      refused: refuse(
        'forbidden',
        'This access token may read, and nothing else.',
        'Ask for one with the scope "write".',
      ),
    }
  }
  const found = await findMachine(sql, access.org, access.nhi, access.jkt)
  if (!found) return { nobody: 'This identity is disabled, its key was revoked, or nobody answers for it.' }
  const unproven = await possession(request, token ?? '', access.jkt, { settings, sql }, access.org)
  if (unproven) return { nobody: unproven }
  seen(doors, access.org, access.nhi)
  const auth = { acr: 'private_key_jwt', amr: ['pop'], auth_time: access.issuedAt, ...vouching(settings) }
  const { name, owner, kind } = found
  return {
    actor: identified({
      kind: 'nhi',
      org: access.org,
      via: 'api',
      id: found.id,
      name,
      owner,
      roles: rolesOfKind(kind),
      auth,
      request: id,
    }),
  }
}

/**
 * DPoP (RFC 9449): whoever sends this holds the key that the token was made for, for this very request, once. So a stolen token
 * or warrant is of no use (C52), and a call can be neither repeated nor redirected (C62).
 */
async function possession(
  request: Request,
  token: string,
  jkt: string,
  { settings, sql }: Pick<Doors, 'settings' | 'sql'>,
  org: string,
): Promise<string | null> {
  const proof = request.headers.get('dpop')
  if (proof === null) return 'A machine proves with each request that it holds its key (DPoP).'
  const { pathname } = new URL(request.url)
  const checked = await checkProof(proof, {
    method: request.method,
    url: `${settings.origin}${pathname}`,
    accessToken: token,
    jkt,
    now: Date.now(),
  })
  if (!checked.ok) return `The proof of possession does not hold: ${checked.reason}.`
  const first = await spendAssertion(
    sql,
    org,
    `dpop:${jkt}:${checked.jti.slice(0, 200)}`,
    new Date(Date.now() + 120_000),
  )
  return first ? null : 'This proof of possession was used before.'
}

function changes(request: Request): boolean {
  return request.method !== 'GET' && request.method !== 'HEAD'
}

/** Our own check against forged requests of other sites: the desk has no server actions that would bring one (C68). */
export function sameOrigin(request: Request, origin: string): Refusal | null {
  if (request.headers.get('origin') === origin) return null
  return refuse(
    'forbidden',
    'This request does not come from On Record’s own pages.',
    `Send it from ${origin}, or use an access token.`,
  )
}

export function nameOf(actor: Actor): string {
  return actor.kind === 'system' ? actor.id : actor.name
}
