import type { KeyObject } from 'node:crypto'
import { toBase64Url } from './base64'
import type { ApprovalFiles } from './bundle-source'
import { utf8 } from './bytes'
import { jcs } from './canonical'
import { cosigner } from './cosignature'
import { sha256, sha256Hex } from './digest'
import { type EnvelopeActor, eventBytes, eventHash, GENESIS } from './envelope'
import { formatVkey, noteSigner } from './note'
import { ed25519Signer } from './signature'

// A whole organisation in memory, with keys of its own, so that tests can do what only an operator could.

export const LOG = noteSigner('onrecord.test/log/acme', new Uint8Array(32).fill(1))
export const WITNESS = cosigner('witness.test/w1', new Uint8Array(32).fill(2))
export const EXPORT = ed25519Signer(new Uint8Array(32).fill(3))
export const WARRANTS = ed25519Signer(new Uint8Array(32).fill(4))
export const ORIGIN = 'https://onrecord.test'
export const RP_ID = 'onrecord.test'
export const EXECUTOR = 'nhi_rotator'
export const CASE = 'case_1'

export const POLICY = [`log ${formatVkey(LOG)}`, `witness w1 ${formatVkey(WITNESS)}`, 'quorum w1', ''].join(
  '\n',
)

/** By which everything in that organisation is decided. */
export const POLICY_SET = jcs({ 'all.cedar': 'permit (principal, action, resource);' })

export const WARRANT_JWK = {
  kty: 'OKP',
  crv: 'Ed25519',
  x: toBase64Url(WARRANTS.publicKey),
  alg: 'EdDSA',
  use: 'sig',
  kid: 'warrants-1',
}

export type Recorded = {
  readonly bytes: Uint8Array
  readonly case: string
  readonly seq: number
  readonly body: string
}

export type World = {
  readonly log: Recorded[]
  readonly passkeys: Map<string, KeyObject>
  readonly approvals: Map<string, ApprovalFiles>
  readonly emergencies: Map<string, ApprovalFiles>
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
    emergencies: new Map(),
    warrants: new Map(),
    evidence: new Map(),
    erased: new Set(),
    clock: Date.parse('2026-03-02T08:00:00.000Z'),
  }
}

export const stream = (world: World, name: string) => world.log.filter((event) => event.case === name)

export function record(world: World, where: string, who: string, type: string, data: object): Recorded {
  world.clock += 1000
  const before = stream(world, where).at(-1)
  const bytes = eventBytes({
    actor: actorOf(who),
    at: new Date(world.clock).toISOString(),
    case: where,
    data,
    policy: {
      bundle: `sha256:${sha256Hex(POLICY_SET)}`,
      decision: 'allow',
      decision_id: 'dec_1',
      rule: type,
    },
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

export function attach(world: World, content: string): void {
  const bytes = utf8(content)
  world.evidence.set(sha256Hex(bytes), bytes)
  record(world, CASE, 'usr_alice', 'evidence.attached', {
    sha256: sha256Hex(bytes),
    bytes: bytes.length,
    name: 'a.txt',
  })
}
