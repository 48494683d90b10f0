import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import {
  actionDigest,
  assertionDigest,
  statementBytes,
  statementChallenge,
  statementDigest,
} from './approval'
import { toBase64Url } from './base64'
import { bundle, erasedEvent } from './bundle'
import type { ApprovalFiles, BundleSource } from './bundle-source'
import { concat, utf8 } from './bytes'
import { signCheckpoint } from './checkpoint'
import { cosigner } from './cosignature'
import { sha256, sha256Hex } from './digest'
import { entryBytes } from './entry'
import { type EnvelopeActor, eventBytes, eventHash, GENESIS } from './envelope'
import { EMPTY_EDGE, extend } from './extend'
import type { Files } from './folder.test-support'
import { formatVkey, noteSigner, signatureLine } from './note'
import { fromPem, toPem } from './public-key'
import { ed25519Signer } from './signature'
import { type Tile, tilePath } from './tile'
import { consistencyProof, inclusionProof, type ReadTile } from './tile-proof'
import { addCheckpointBody } from './witness'

// A whole organisation in memory, with keys of its own, so that tests can do what only an operator could.

const LOG = noteSigner('onrecord.test/log/acme', new Uint8Array(32).fill(1))
const WITNESS = cosigner('witness.test/w1', new Uint8Array(32).fill(2))
const EXPORT = ed25519Signer(new Uint8Array(32).fill(3))
const WARRANTS = ed25519Signer(new Uint8Array(32).fill(4))
export const ORIGIN = 'https://onrecord.test'
const RP_ID = 'onrecord.test'
const EXECUTOR = 'nhi_rotator'
export const CASE = 'case_1'

export const POLICY = [`log ${formatVkey(LOG)}`, `witness w1 ${formatVkey(WITNESS)}`, 'quorum w1', ''].join(
  '\n',
)

export const WARRANT_JWK = {
  kty: 'OKP',
  crv: 'Ed25519',
  x: toBase64Url(WARRANTS.publicKey),
  alg: 'EdDSA',
  use: 'sig',
  kid: 'warrants-1',
}

type Recorded = {
  readonly bytes: Uint8Array
  readonly case: string
  readonly seq: number
  readonly body: string
}

export type World = {
  readonly log: Recorded[]
  readonly passkeys: Map<string, KeyObject>
  readonly approvals: Map<string, ApprovalFiles>
  readonly warrants: Map<string, string>
  readonly evidence: Map<string, Uint8Array>
  readonly erased: Set<Recorded>
  clock: number
}

export function newWorld(): World {
  return {
    log: [],
    passkeys: new Map(),
    approvals: new Map(),
    warrants: new Map(),
    evidence: new Map(),
    erased: new Set(),
    clock: Date.parse('2026-03-02T08:00:00.000Z'),
  }
}

const stream = (world: World, name: string) => world.log.filter((event) => event.case === name)

export function record(world: World, where: string, who: string, type: string, data: object): Recorded {
  world.clock += 1000
  const before = stream(world, where).at(-1)
  const bytes = eventBytes({
    actor: actorOf(who),
    at: new Date(world.clock).toISOString(),
    case: where,
    data,
    policy: { bundle: `sha256:${'0'.repeat(64)}`, decision: 'allow', decision_id: 'dec_1', rule: type },
    prev: before?.body ?? GENESIS,
    salt: toBase64Url(sha256(`${world.clock}`).subarray(0, 16)),
    seq: before ? before.seq + 1 : 0,
    type,
    v: 1,
  })
  const event = { bytes, case: where, seq: before ? before.seq + 1 : 0, body: eventHash(bytes) }
  world.log.push(event)
  return event
}

function actorOf(id: string): EnvelopeActor {
  const auth = { acr: 'phr', amr: ['hwk'], auth_time: 1772438000 }
  if (id.startsWith('nhi_')) return { id, kind: 'nhi', owner: 'usr_erin', via: 'api', auth }
  return { id, kind: id.startsWith('usr_') ? 'human' : 'system', via: 'web', auth }
}

export function enrol(world: World, person: string, credential = `cred_${person}`): void {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  world.passkeys.set(credential, privateKey)
  const { x, y } = publicKey.export({ format: 'jwk' })
  const cose = concat(
    new Uint8Array([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32]),
    new Uint8Array(Buffer.from(x ?? '', 'base64url')),
    new Uint8Array([0x22, 0x58, 32]),
    new Uint8Array(Buffer.from(y ?? '', 'base64url')),
  )
  record(world, 'registry', person, 'credential.enrolled', {
    user: person,
    credential_id: credential,
    cose: toBase64Url(cose),
    rp_id: RP_ID,
    origin: ORIGIN,
  })
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

type Approving = {
  approver: string
  id?: string
  credential?: string
  revision?: number
  action?: Action
  statement?: object
  method?: string
  flags?: number
  head?: string
}

export function approve(
  world: World,
  { approver, id = `apr_${approver}`, credential = `cred_${approver}`, ...how }: Approving,
): void {
  const iat = new Date(world.clock).toISOString()
  const exp = new Date(world.clock + 600_000).toISOString()
  const statement = statementBytes({
    action_digest: actionDigest(how.action ?? ACTION),
    approver,
    aud: ORIGIN,
    case: CASE,
    decision: 'approve',
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
  const key = world.passkeys.get(credential)
  const { method = 'webauthn' } = how
  const webauthn = method === 'webauthn' && key ? passkey(statement, key, how.flags) : undefined
  world.approvals.set(id, webauthn ? { approval: id, statement, webauthn } : { approval: id, statement })
  record(world, CASE, approver, 'approval.recorded', {
    approval: id,
    request: 'req_1',
    revision: how.revision ?? 1,
    decision: 'approve',
    method,
    approver,
    statement_sha256: statementDigest(statement),
    credential_id: webauthn ? credential : null,
    assertion_sha256: webauthn
      ? assertionDigest(webauthn.authData, webauthn.clientData, webauthn.signature)
      : null,
  })
}

function passkey(statement: Uint8Array, key: KeyObject, flags = 5) {
  const clientData = utf8(
    JSON.stringify({
      type: 'webauthn.get',
      challenge: statementChallenge(statement),
      origin: ORIGIN,
      crossOrigin: false,
    }),
  )
  const authData = concat(sha256(RP_ID), new Uint8Array([flags, 0, 0, 0, 1]))
  const signature = new Uint8Array(sign('sha256', concat(authData, sha256(clientData)), key))
  const pem = createPrivateKey(key.export({ format: 'pem', type: 'pkcs8' }))
  const jwk = pem.export({ format: 'jwk' })
  const [x, y] = [jwk.x ?? '', jwk.y ?? ''].map((part) => new Uint8Array(Buffer.from(part, 'base64url')))
  const credentialPem = toPem({ alg: 'ES256', x: x ?? authData, y: y ?? authData })
  return { clientData, authData, signature, credentialPem: toPem(fromPem(credentialPem)) }
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

export function attach(world: World, content: string): void {
  const bytes = utf8(content)
  world.evidence.set(sha256Hex(bytes), bytes)
  record(world, CASE, 'usr_alice', 'evidence.attached', {
    sha256: sha256Hex(bytes),
    bytes: bytes.length,
    name: 'a.txt',
  })
}

export function tilesOf(entries: readonly Uint8Array[]): {
  tiles: readonly Tile[]
  read: ReadTile
  root: Uint8Array
} {
  const { changed, root } = extend(EMPTY_EDGE, entries)
  const byPlace = new Map(changed.map((tile) => [tilePath({ ...tile, width: 256 }), tile.bytes]))
  const read: ReadTile = (tile) =>
    (byPlace.get(tilePath({ ...tile, width: 256 })) ?? new Uint8Array(0)).subarray(0, tile.width * 32)
  return { tiles: changed, read, root }
}

export function signedHead(world: World, size = world.log.length, isWitnessed = true): string {
  const { root } = tilesOf(world.log.slice(0, size).map(entryBytes))
  const note = signCheckpoint({ origin: LOG.name, size, root }, LOG)
  const text = note.slice(0, note.indexOf('\n\n') + 1)
  return isWitnessed ? note + signatureLine(WITNESS.cosign(text, Math.floor(world.clock / 1000))) : note
}

export type Packing = {
  streams?: string[]
  tiles?: boolean
  witnessed?: boolean
  registry?: (seq: number) => boolean
  hide?: (seq: number) => boolean
  old?: number
}

export function sourceOf(world: World, packing: Packing = {}): BundleSource {
  const {
    streams = [CASE],
    tiles = true,
    witnessed = true,
    registry = () => true,
    hide = () => false,
    old,
  } = packing
  const { read, tiles: all } = tilesOf(world.log.map(entryBytes))
  const size = world.log.length
  const checkpoint = signedHead(world, size, witnessed)
  const index = (event: Recorded) => world.log.indexOf(event)
  const shown = streams.flatMap((name) => stream(world, name)).filter(({ seq }) => !hide(seq))
  return {
    about: {
      organization: 'Acme (test)',
      identifier: CASE,
      date: '2026-03-02',
      software: 'On Record (test)',
    },
    checkpoint,
    policy: POLICY,
    async *events() {
      for (const event of shown) yield world.erased.has(event) ? erasedEvent(event) : event.bytes
    },
    async *proofs() {
      for (const event of shown) {
        yield {
          entry: entryBytes(event),
          index: index(event),
          path: inclusionProof(read, index(event), size),
          seq: event.seq,
        }
      }
    },
    async *registry() {
      for (const event of stream(world, 'registry').filter(({ seq }) => registry(seq))) {
        yield { event: event.bytes, index: index(event), path: inclusionProof(read, index(event), size) }
      }
    },
    ...(tiles
      ? {
          async *tiles() {
            yield* all
          },
        }
      : {}),
    ...(old === undefined
      ? {}
      : {
          consistency: [{ old, body: addCheckpointBody(old, consistencyProof(read, old, size), checkpoint) }],
        }),
    async *approvals() {
      yield* world.approvals.values()
    },
    warrants: {
      jwks: { keys: [WARRANT_JWK] },
      async *tokens() {
        for (const [jti, jwt] of world.warrants) yield { jti, jwt }
      },
    },
    async *evidence() {
      for (const [sha256, content] of world.evidence) yield { sha256, extension: 'txt', content }
    },
  }
}

export async function pack(source: BundleSource): Promise<Files> {
  const files: Files = new Map()
  for await (const { path, content } of bundle(source, { signer: EXPORT, principal: 'onrecord.test' })) {
    const chunks: Uint8Array[] = []
    for await (const chunk of content) chunks.push(chunk)
    files.set(path, concat(...chunks))
  }
  return files
}
