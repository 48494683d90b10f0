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
import type { Memory } from './memory'

export type Witnessing = {
  readonly own: Cosigner
  readonly logs: Logs
  readonly memory: Memory
  /** Seconds since 1970. */
  readonly now: () => number
}

export type Answer = { readonly status: number; readonly body: string; readonly contentType: string }

const TEXT = 'text/plain; charset=utf-8'

/** `POST add-checkpoint` (C2SP tlog-witness): checks, remembers, and only then signs. */
export async function addCheckpoint(body: Uint8Array, witnessing: Witnessing): Promise<Answer> {
  const request = read(body)
  if (request === null)
    return { status: 400, body: 'this is not an add-checkpoint request\n', contentType: TEXT }
  const { origin } = request.checkpoint
  const key = signerOf(request, await witnessing.logs.keysOf(origin))
  return witnessing.memory.alone(origin, () => decide(request, key, witnessing))
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

async function decide(
  request: AddCheckpoint,
  key: NoteKey | null,
  { own, memory, now }: Witnessing,
): Promise<Answer> {
  const { origin } = request.checkpoint
  const before = key && (await memory.newest(origin))
  const known = key && { key, size: before?.size ?? 0, root: before?.root ?? null }
  const decision = decideWitness(request, known)
  if (decision.decision === 'refuse') return refused(decision)
  if (before?.size !== decision.size) await memory.remember(origin, request.note)
  return { status: 200, body: signatureLine(own.cosign(request.note.text, now())), contentType: TEXT }
}

function refused({ status, body, contentType }: WitnessDecision & { decision: 'refuse' }): Answer {
  return { status, body, contentType }
}
