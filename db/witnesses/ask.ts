import { parseCheckpoint } from '@/lib/record/checkpoint'
import { type NoteKey, parseNote } from '@/lib/record/note'
import { consistencyProofAsync, type ReadTileAsync } from '@/lib/record/tile-proof'
import { addCheckpointBody, readWitnessAnswer } from '@/lib/record/witness'

/** What a witness made of a checkpoint. */
export type Outcome =
  | { readonly outcome: 'cosigned'; readonly size: number; readonly line: string; readonly time: number }
  /** It has cosigned more than this log has: we are an older copy. */
  | { readonly outcome: 'ahead'; readonly size: number }
  /** It says that this log is not what it cosigned before: history was rewritten, or it is wrong. */
  | { readonly outcome: 'disputed'; readonly sentence: string }
  | { readonly outcome: 'refused'; readonly sentence: string }
  | { readonly outcome: 'unreachable'; readonly sentence: string }

export type Question = {
  readonly witness: { readonly key: NoteKey; readonly url: string }
  /** The signed checkpoint that it is to cosign. */
  readonly note: string
  /** The size that it signed last, as far as we know. */
  readonly from: number
  /** Tiles of the log. */
  readonly read: ReadTileAsync
  readonly signal: AbortSignal
}

/** An answer is a line or a number: whatever is longer is none. */
const MOST_BYTES = 16 * 1024
/** It may tell us its size once, and somebody else may have been faster once more. */
const MOST_TRIES = 3

/** `POST <prefix>/add-checkpoint` (C2SP tlog-witness), again from the size that it names. Never throws for what the other side does. */
export async function askWitness({ witness, note, from, read, signal }: Question): Promise<Outcome> {
  const { text } = parseNote(note)
  const { size } = parseCheckpoint(text)
  let old = Math.min(from, size)
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const body = addCheckpointBody(old, await consistencyProofAsync(read, old, size), note)
    const response = await post(`${witness.url}/add-checkpoint`, body, signal)
    if ('unreachable' in response) return { outcome: 'unreachable', sentence: response.unreachable }
    const answer = readWitnessAnswer(response, witness.key, text)
    if (answer.answer === 'cosigned')
      return { outcome: 'cosigned', size, line: answer.line, time: answer.time }
    if (answer.answer === 'refused') return refused(answer)
    if (answer.from > size) return { outcome: 'ahead', size: answer.from }
    if (answer.from === old)
      return { outcome: 'disputed', sentence: `It has cosigned another root of ${old} entries.` }
    old = answer.from
  }
  return { outcome: 'refused', sentence: 'It named another size each time it was asked.' }
}

function refused({ status, reason }: { status: number; reason: string }): Outcome {
  switch (status) {
    case 422:
      return {
        outcome: 'disputed',
        sentence: 'It says that this log is not a continuation of what it cosigned.',
      }
    case 404:
      return {
        outcome: 'refused',
        sentence: 'It does not follow this log: give its operator the log’s verifier key.',
      }
    case 403:
      return {
        outcome: 'refused',
        sentence: 'It does not know the key that this log signs with: give its operator the present one.',
      }
    default:
      return { outcome: 'refused', sentence: `It answered ${status}: ${visible(reason) || 'nothing more'}.` }
  }
}

type Response = { readonly status: number; readonly contentType: string | null; readonly body: string }

/** Follows no redirect: the address that an administrator entered is the one that is asked. */
async function post(
  url: string,
  body: string,
  signal: AbortSignal,
): Promise<Response | { unreachable: string }> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      redirect: 'error',
      signal,
    })
    const contentType = response.headers.get('content-type')
    return { status: response.status, contentType, body: await shortText(response) }
  } catch (error) {
    return { unreachable: reasonOf(error) }
  }
}

async function shortText(response: globalThis.Response): Promise<string> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of response.body ?? []) {
    length += part.length
    if (length > MOST_BYTES) throw new Error('an answer that is too long')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'It can not be reached.'
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'It did not answer in time.'
  const cause = error.cause instanceof Error ? error.cause : error
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message
  const known = UNREACHABLE[code]
  return `It can not be reached: ${known ? `${known} (${code})` : visible(code)}.`
}

const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers there',
  ENOTFOUND: 'nobody knows that name',
  EHOSTUNREACH: 'there is no way to that machine',
  ECONNRESET: 'the connection broke',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is nobody’s that this machine trusts',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is nobody’s that this machine trusts',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
}

/** Words of a stranger's, in a line of ours. */
function visible(words: string): string {
  return words
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, 120)
    .replace(/[.!]+$/, '')
}
