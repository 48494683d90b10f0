import type { Cosigner } from '../../lib/record/cosignature'
import { isMalformed } from '../../lib/record/malformed'
import { checkNote, type NoteKey, signatureLine } from '../../lib/record/note'
import {
  type AddCheckpoint,
  decideWitness,
  parseAddCheckpoint,
  type WitnessDecision,
} from '../../lib/record/witness'
import type { Logs } from './logs'
import type { Held, Memory } from './memory'

export type Witnessing = {
  readonly own: Cosigner
  readonly logs: Logs
  readonly memory: Memory
  /** Seconds since 1970. */
  readonly now: () => number
}

export type Answer = { readonly status: number; readonly body: string; readonly contentType: string }

const TEXT = 'text/plain; charset=utf-8'

/** `POST add-checkpoint` (C2SP tlog-witness): checks, remembers durably, and only then signs. */
export async function addCheckpoint(body: Uint8Array, witnessing: Witnessing): Promise<Answer> {
  const request = read(body)
  if (request === null)
    return { status: 400, body: 'this is not an add-checkpoint request\n', contentType: TEXT }
  const { own, memory, logs, now } = witnessing
  const { origin } = request.checkpoint
  const key = signerOf(request, await logs.keysOf(origin))
  const decision = key
    ? await memory.alone(origin, (held) => decide(request, key, held))
    : decideWitness(request, null)
  if (decision.decision === 'refuse') return refused(decision)
  return { status: 200, body: signatureLine(own.cosign(request.note.text, now())), contentType: TEXT }
}

function read(body: Uint8Array): AddCheckpoint | null {
  try {
    return parseAddCheckpoint(body)
  } catch (error) {
    if (isMalformed(error)) return null
    throw error
  }
}

/** While a log changes keys it has two: that which signed this, else any, so that the refusal says what is wrong. */
function signerOf({ note }: AddCheckpoint, keys: readonly NoteKey[]): NoteKey | null {
  return keys.find((key) => checkNote(key, note) === 'signed') ?? keys[0] ?? null
}

async function decide(request: AddCheckpoint, key: NoteKey, held: Held): Promise<WitnessDecision> {
  const { newest, remember } = held
  const decision = decideWitness(request, { key, size: newest?.size ?? 0, root: newest?.root ?? null })
  if (decision.decision !== 'refuse' && newest?.size !== decision.size) await remember(request.note)
  return decision
}

function refused({ status, body, contentType }: WitnessDecision & { decision: 'refuse' }): Answer {
  return { status, body, contentType }
}
