import { fromBase64, toBase64 } from './base64'
import { fromUtf8, toHex } from './bytes'
import { type Checkpoint, parseCheckpoint } from './checkpoint'
import { checkCosignature } from './cosignature'
import { malformed, orNull } from './malformed'
import {
  checkNote,
  type Note,
  type NoteKey,
  parseNote,
  parseSignatureLines,
  signatureLine,
  signaturesBy,
} from './note'
import { verifyConsistency } from './proof'

// C2SP tlog-witness, both sides, without the network and without the store.

export type AddCheckpoint = {
  readonly old: number
  readonly proof: readonly Uint8Array[]
  readonly note: Note
  readonly checkpoint: Checkpoint
}

const MAX_PROOF = 63

/** The body of `POST <prefix>/add-checkpoint`: `old <size>`, the consistency proof, an empty line, the signed checkpoint. */
export function addCheckpointBody(old: number, proof: readonly Uint8Array[], checkpointNote: string): string {
  return `old ${old}\n${proof.map((hash) => `${toBase64(hash)}\n`).join('')}\n${checkpointNote}`
}

/** @throws Malformed `bad_request`, `bad_note`, `bad_checkpoint`, `invalid_base64`, `invalid_utf8` */
export function parseAddCheckpoint(body: Uint8Array | string): AddCheckpoint {
  const whole = typeof body === 'string' ? body : fromUtf8(body)
  const gap = whole.indexOf('\n\n')
  if (gap < 0) throw badRequest()
  const [first = '', ...lines] = whole.slice(0, gap).split('\n')
  const [, old] = /^old (0|[1-9]\d*)$/.exec(first) ?? []
  if (old === undefined || !Number.isSafeInteger(Number(old)) || lines.length > MAX_PROOF) throw badRequest()
  const proof = lines.map(fromBase64)
  if (proof.some((hash) => hash.length !== 32)) throw badRequest()
  const note = parseNote(whole.slice(gap + 2))
  return { old: Number(old), proof, note, checkpoint: parseCheckpoint(note.text) }
}

/** What a witness knows of a log: its key and the newest checkpoint that it has cosigned. */
export type Witnessed = {
  readonly key: NoteKey
  readonly size: number
  /** Unknown (null) as long as the size is 0. */
  readonly root: Uint8Array | null
}

/** `cosign` means: store this size and root durably, provided they are still what was read, *then* sign and answer 200. */
export type WitnessDecision =
  | { readonly decision: 'cosign'; readonly size: number; readonly root: Uint8Array }
  | {
      readonly decision: 'refuse'
      readonly status: 400 | 403 | 404 | 409 | 422
      readonly body: string
      readonly contentType: 'text/plain; charset=utf-8' | 'text/x.tlog.size'
    }

/** What a witness answers. The order of the checks is tlog-witness's own. `known` is null for a log it does not follow. */
export function decideWitness(
  { old, proof, note, checkpoint }: AddCheckpoint,
  known: Witnessed | null,
): WitnessDecision {
  if (known === null) return refuse(404, 'unknown log')
  if (checkNote(known.key, note) !== 'signed') return refuse(403, 'invalid signature by the log')
  if (old > checkpoint.size) return refuse(400, 'the old size is larger than the checkpoint')
  if (old !== known.size) return conflict(known.size)
  const { size, root } = checkpoint
  const before = { size: known.size, root: known.root }
  if (before.root === null || before.size === 0) {
    return proof.length === 0
      ? { decision: 'cosign', size, root }
      : refuse(422, 'a consistency proof from 0 is empty')
  }
  const same = { old: { size: before.size, root: before.root }, now: { size, root }, path: proof }
  if (verifyConsistency(same)) return { decision: 'cosign', size, root }
  // A second root for one size is a fork, not a bad proof.
  return size === before.size && proof.length === 0
    ? conflict(size)
    : refuse(422, 'invalid consistency proof')
}

function refuse(status: 400 | 403 | 404 | 422, sentence: string): WitnessDecision {
  return { decision: 'refuse', status, body: `${sentence}\n`, contentType: 'text/plain; charset=utf-8' }
}

function conflict(size: number): WitnessDecision {
  return { decision: 'refuse', status: 409, body: `${size}\n`, contentType: 'text/x.tlog.size' }
}

export type WitnessAnswer =
  /** `line`: the cosignature, as it is added to the checkpoint. */
  | { readonly answer: 'cosigned'; readonly line: string; readonly time: number }
  | { readonly answer: 'resend'; readonly from: number }
  | { readonly answer: 'refused'; readonly status: number; readonly reason: string }

/** What a witness's answer means to the log. A 200 counts only if the cosignature by the witness's known key is good. */
export function readWitnessAnswer(
  response: { readonly status: number; readonly contentType: string | null; readonly body: string },
  witness: NoteKey,
  checkpointText: string,
): WitnessAnswer {
  const { status, body } = response
  if (
    status === 409 &&
    response.contentType?.startsWith('text/x.tlog.size') &&
    /^(?:0|[1-9]\d*)\n$/.test(body)
  ) {
    return { answer: 'resend', from: Number(body) }
  }
  if (status !== 200) return { answer: 'refused', status, reason: body.trim().slice(0, 200) }
  return readCosignature(body, witness, checkpointText)
}

/** Lines of other keys are left out; a witness that signs with another key than its known one has not cosigned. */
function readCosignature(body: string, witness: NoteKey, text: string): WitnessAnswer {
  const refused = (reason: string) => ({ answer: 'refused', status: 200, reason }) as const
  const lines = orNull(() => parseSignatureLines(body))
  if (lines === null) return refused('its answer is not a signature')
  const note = { text, signatures: lines }
  const verdict = checkCosignature(witness, note)
  if (verdict.verdict === 'bad_signature') return refused('its cosignature is wrong')
  const [signature] = signaturesBy(witness, note)
  if (verdict.verdict === 'cosigned' && signature)
    return { answer: 'cosigned', line: signatureLine(signature), time: verdict.time }
  const others = lines.map(({ name, keyId }) => `${name}+${toHex(keyId)}`).join(', ')
  return refused(`it signed with another key than the one that is known of it: ${others || 'none'}`)
}

function badRequest() {
  return malformed('bad_request', 'This is not the body of an add-checkpoint request.')
}
