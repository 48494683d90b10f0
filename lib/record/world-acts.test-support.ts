import { actionDigest, statementBytes, statementDigest } from './approval'
import { fromBase64Url, toBase64Url } from './base64'
import { concat, utf8 } from './bytes'
import { sha256Hex } from './digest'
import { freshPair } from './fresh-pair.test-support'
import { CASE, EXECUTOR, ORIGIN, RP_ID, record, stream, WARRANTS, type World } from './world.test-support'
import { byPasskey, bySignIn, type Ceremony, ISSUER, type SigningIn } from './world-proofs.test-support'

// What people and the system do in that organisation: enrol keys, ask, approve, issue warrants.

export function enrol(world: World, person: string, credential = `cred_${person}`, where = 'registry'): void {
  const { privateKey, publicKey } = freshPair()
  world.passkeys.set(credential, privateKey)
  const { x, y } = publicKey.export({ format: 'jwk' })
  const cose = concat(
    new Uint8Array([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32]),
    fromBase64Url(x ?? ''),
    new Uint8Array([0x22, 0x58, 32]),
    fromBase64Url(y ?? ''),
  )
  record(world, where, person, 'passkey.enrolled', {
    user: person,
    credential_id: credential,
    cose: toBase64Url(cose),
    rp_id: RP_ID,
    origin: ORIGIN,
  })
}

/** Somebody's account at the provider is put on record. */
export function identify(world: World, member: string, subject = `subject of ${member}`): void {
  record(world, 'registry', 'sys_sign_in', 'member.identified', { member, issuer: ISSUER, subject })
}

export type Action = { kind: string; target: string; connector: string }
export const ACTION: Action = {
  kind: 'postgres.disable-login',
  target: 'svc_deploy',
  connector: 'https://onrecord.test/c/pg',
}

export function request(
  world: World,
  change: {
    action?: Action
    revision?: number
    requester?: string
    quorum?: unknown
    actionDigest?: string
  } = {},
) {
  const {
    action = ACTION,
    revision = 1,
    requester = 'usr_alice',
    quorum = { approvals: 2, owner: false },
  } = change
  record(world, CASE, requester, revision === 1 ? 'action.requested' : 'action.amended', {
    request: 'req_1',
    revision,
    action,
    action_digest: change.actionDigest ?? actionDigest(action),
    requester,
    requester_accountable: requester,
    executor: EXECUTOR,
    executor_owner: 'usr_erin',
    quorum,
  })
}

type Approving = Ceremony & {
  approver: string
  id?: string
  credential?: string
  revision?: number
  action?: Action
  statement?: object
  method?: string
  signIn?: SigningIn
  head?: string
}

export function approve(world: World, { id, ...how }: Approving): void {
  const { statement, kept, said } = signed(world, 'approve', how)
  const approval = id ?? `apr_${how.approver}`
  world.approvals.set(approval, { approval, statement, ...kept })
  const decided = { approval, decision: 'approve', approver: how.approver }
  record(world, CASE, how.approver, 'approval.recorded', { ...decided, ...said })
}

/** Somebody lets it run without approvals: for so many minutes, or until what the event says instead. */
export function breakGlass(world: World, how: Omit<Approving, 'id'>, end: number | string | null = 60): void {
  const { statement, kept, said } = signed(world, 'break-glass', how)
  const approval = said.statement_sha256
  world.emergencies.set(approval, { approval, statement, ...kept })
  record(world, CASE, how.approver, 'breakglass.invoked', {
    ...said,
    ...{ invoker: how.approver, reason: 'It burns, and no approver answers.' },
    expires_at: typeof end === 'number' ? new Date(world.clock + end * 60_000).toISOString() : end,
  })
}

function signed(
  world: World,
  decision: string,
  { approver, credential = `cred_${approver}`, ...how }: Omit<Approving, 'id'>,
) {
  const iat = new Date(world.clock).toISOString()
  const exp = new Date(world.clock + 600_000).toISOString()
  const statement = statementBytes({
    action_digest: actionDigest(how.action ?? ACTION),
    approver,
    aud: ORIGIN,
    case: CASE,
    decision,
    executor: EXECUTOR,
    exp,
    head: how.head ?? stream(world, CASE).at(-1)?.body ?? '',
    iat,
    nonce: 'n',
    policy: 'sha256:00',
    request: 'req_1',
    requester: 'usr_alice',
    revision: how.revision ?? 1,
    type: 'onrecord.approval/v1',
    ...how.statement,
  })
  const { method = 'webauthn', revision = 1 } = how
  const { kept, said } = proof(world, statement, method, { approver, credential, ...how })
  const about = { request: 'req_1', revision, method, statement_sha256: statementDigest(statement) }
  return { statement, kept, said: { ...about, ...said } }
}

function proof(world: World, statement: Uint8Array, method: string, how: Approving & { credential: string }) {
  const key = world.passkeys.get(how.credential)
  if (method === 'webauthn' && key) return byPasskey(statement, key, how.credential, how)
  if (method === 'oidc-nonce') return bySignIn(statement, how.approver, world.clock, how.signIn ?? {})
  return { kept: {}, said: { credential_id: null, assertion_sha256: null } }
}

export function issue(world: World, change: object = {}, event: object = {}): void {
  const iat = Math.floor(world.clock / 1000) + 1
  const claims = {
    iss: ORIGIN,
    sub: 'usr_alice',
    act: { sub: EXECUTOR },
    aud: ACTION.connector,
    iat,
    nbf: iat,
    exp: iat + 120,
    jti: 'wrt_1',
    txn: 'req_1',
    case: CASE,
    cnf: { jkt: 'x' },
    authorization_details: [
      {
        type: 'onrecord_action',
        actions: [ACTION.kind],
        locations: [ACTION.connector],
        identifier: 'pg',
        action_digest: actionDigest(ACTION),
      },
    ],
    approvals: [
      { id: 'apr_usr_bob', sub: 'usr_bob' },
      { id: 'apr_usr_dana', sub: 'usr_dana' },
    ],
    ...change,
  }
  const part = (value: object) => toBase64Url(utf8(JSON.stringify(value)))
  const head = `${part({ typ: 'onrecord-warrant+jwt', alg: 'EdDSA', kid: 'warrants-1' })}.${part(claims)}`
  const jwt = `${head}.${toBase64Url(WARRANTS.sign(utf8(head)))}`
  world.warrants.set(claims.jti, jwt)
  record(world, CASE, 'svc_onrecord', 'warrant.issued', {
    request: 'req_1',
    jti: claims.jti,
    warrant_sha256: sha256Hex(jwt),
    ...event,
  })
}
