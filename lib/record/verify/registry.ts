import { fromBase64Url } from '../base64'
import { fromUtf8 } from '../bytes'
import { type Checkpoint, parseCheckpoint } from '../checkpoint'
import { fromCose } from '../cose'
import { GENESIS } from '../envelope'
import { fromJwk } from '../jwks'
import { isMalformed, orNull } from '../malformed'
import { parseNote } from '../note'
import type { PublicKey } from '../signature'
import { noteTie, type Ties } from './accounts'
import type { Context } from './context'
import { type Line, type ReadEvent, readLine } from './event'
import { count, fields, text } from './fields'
import { isIncluded, type ReadProof, readProof } from './inclusion'
import { readLines } from './reader'
import type { Where } from './report'

export const REGISTRY = 'data/registry.ndjson'
/** The stream of the organisation's members, keys and policies. */
export const REGISTRY_STREAM = 'registry'

// Each has two names: with the second, other makers' registries speak of credentials of every kind.
const ENROLLED: readonly string[] = ['passkey.enrolled', 'credential.enrolled']
const REVOKED: readonly string[] = ['passkey.revoked', 'credential.revoked']

export type Enrolment = {
  readonly index: number
  readonly user: string | null
  readonly key: PublicKey | null
  readonly rpId: string | null
  readonly origin: string | null
}

/** The log before this one: the last that is known of it, and how much of that is left. */
export type Restart = { readonly head: Checkpoint; readonly held: number; readonly where: Where }

/** What the registry says about keys and accounts, each with its place in the log. */
export type Registry = {
  readonly enrolled: Map<string, Enrolment>
  /** Credential ids, and where in the log they were revoked. */
  readonly revoked: Map<string, number>
  readonly accounts: Ties
  /** Key ids of published warrant keys. */
  readonly warrantKeys: Map<string, { readonly index: number; readonly key: PublicKey | null }>
  readonly exportKeys: string[]
  /** Verifier keys of the log, as published. */
  readonly logKeys: string[]
  /** Key ids, fingerprints and verifier keys, and where in the log they were retired. */
  readonly retired: Map<string, number>
  /** How this log took over from another one, if its first entry says so. */
  restart: Restart | null
  /** The policy sets that decided, each with the first event that names it. */
  readonly policySets: Map<string, Where>
  /** Which of the registry's events are shown. */
  readonly shown: Set<number>
}

export async function checkRegistry(context: Context, checkpoint: Checkpoint | null): Promise<Registry> {
  const registry: Registry = {
    enrolled: new Map(),
    revoked: new Map(),
    accounts: new Map(),
    warrantKeys: new Map(),
    exportKeys: [],
    logKeys: [],
    retired: new Map(),
    restart: null,
    policySets: new Map(),
    shown: new Set(),
  }
  if (!context.reader.has(REGISTRY)) return registry
  try {
    await eachLine(context, checkpoint, registry)
  } catch (thrown) {
    if (!isMalformed(thrown)) throw thrown
    context.report.add('registry.malformed', thrown.message, { file: REGISTRY })
  }
  return registry
}

type Before = { readonly seq: number; readonly body: string; readonly index: number }

async function eachLine(context: Context, checkpoint: Checkpoint | null, registry: Registry): Promise<void> {
  let before: Before = { seq: -1, body: GENESIS, index: -1 }
  let number = 0
  for await (const bytes of readLines(context.reader, REGISTRY)) {
    const where = { file: REGISTRY, line: ++number }
    const proof = orNull(() => readProof(fromUtf8(bytes), 'event'))
    const line = proof && orNull(() => readLine(proof.bytes))
    if (!proof || line?.kind !== 'event') {
      context.report.add('registry.malformed', 'This line of the registry cannot be read.', where)
      continue
    }
    if (!isGood(context, checkpoint, proof, line, before, where)) continue
    before = { ...line.entry, index: Math.max(before.index, proof.index) }
    registry.shown.add(line.entry.seq)
    note(registry, line.event, proof.index)
    const { policySet } = line.event
    if (policySet !== null && !registry.policySets.has(policySet)) registry.policySets.set(policySet, where)
    if (proof.index === 0) noteRestart(context, registry, line.event, where)
  }
}

function isGood(
  { report }: Context,
  checkpoint: Checkpoint | null,
  proof: ReadProof,
  { entry, event }: Extract<Line, { kind: 'event' }>,
  before: Before,
  where: Where,
): boolean {
  const at = { ...where, case: entry.case, seq: entry.seq }
  if (checkpoint !== null && !isIncluded(entry, proof, checkpoint)) {
    report.add('registry.proof', 'This event of the registry is not in the log at this place.', at)
    return false
  }
  if (
    entry.case !== REGISTRY_STREAM ||
    entry.seq <= before.seq ||
    (entry.seq === before.seq + 1 && event.prev !== before.body)
  ) {
    report.add('registry.chain', 'This event of the registry does not follow the one before it.', at)
    return false
  }
  // A log that was started anew says so before anything else (docs/record-format.md 3).
  const begins = event.type === 'log.restarted' && proof.index === 0
  if (proof.index <= before.index && !begins) {
    report.add('log.order', 'The log has this event before the one that precedes it in the registry.', at)
    return false
  }
  return true
}

const RETIRED = ['warrant-key.retired', 'export-key.retired', 'log-key.retired']

function note(registry: Registry, { type, data }: ReadEvent, index: number): void {
  const credential = text(data.credential_id)
  if (ENROLLED.includes(type) && credential !== null && !registry.enrolled.has(credential)) {
    registry.enrolled.set(credential, {
      index,
      user: text(data.user),
      key: coseKey(text(data.cose)),
      rpId: text(data.rp_id),
      origin: text(data.origin),
    })
  }
  if (REVOKED.includes(type) && credential !== null) registry.revoked.set(credential, index)
  if (type === 'member.identified') noteTie(registry.accounts, data, index)
  if (type === 'log-key.published') registry.logKeys.push(text(data.vkey) ?? '')
  if (RETIRED.includes(type)) {
    const id = text(data.kid) ?? text(data.fingerprint) ?? text(data.vkey)
    if (id !== null && !registry.retired.has(id)) registry.retired.set(id, index)
  }
  if (type === 'export-key.published') registry.exportKeys.push(text(data.key) ?? '')
  if (type === 'warrant-key.published') {
    const jwk = fields(data.jwk)
    const kid = text(data.kid) ?? text(jwk.kid)
    if (kid !== null && !registry.warrantKeys.has(kid))
      registry.warrantKeys.set(kid, { index, key: fromJwk(jwk) })
  }
}

/** Believed of the first entry alone: later, a log can't choose what it comes from. */
function noteRestart({ report }: Context, registry: Registry, { type, data }: ReadEvent, where: Where): void {
  const head = orNull(() => parseCheckpoint(parseNote(text(data.checkpoint) ?? '').text))
  if (type !== 'log.restarted' || head === null) return
  const held = count(data.held) ?? 0
  registry.restart = { head, held, where }
  report.add(
    'log.restarted',
    `This log took over from ${head.origin}, which had ${head.size} entries; the organisation says that ${held} of them were left.`,
    where,
  )
}

function coseKey(encoded: string | null): PublicKey | null {
  return encoded === null ? null : orNull(() => fromCose(fromBase64Url(encoded)))
}
