import { fromBase64, toBase64 } from './base64'
import { malformed } from './malformed'
import { type NoteSigner, signNote } from './note'

/** A log's head, C2SP tlog-checkpoint: what the log's key and its witnesses sign. */
export type Checkpoint = {
  /** The log's key name: a URL without a scheme, the same for ever. */
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
}

/** text = origin || "\n" || size || "\n" || base64(root) || "\n"; no extension lines. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`
}

/** The checkpoint as a note signed by the log: by two keys while one replaces the other. Every signer's name has to be the origin. */
export function signCheckpoint(checkpoint: Checkpoint, ...signers: readonly NoteSigner[]): string {
  if (signers.some(({ name }) => name !== checkpoint.origin))
    throw malformed('wrong_origin', 'A log signs under its origin.')
  return signNote(checkpointText(checkpoint), ...signers)
}

/** Reads a note's text. @throws Malformed `bad_checkpoint` */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin, size, root, end, ...extensions] = text.split('\n')
  if (!origin || !size || root === undefined || end !== '' || extensions.length > 0) throw badCheckpoint()
  if (!/^(?:0|[1-9]\d*)$/.test(size) || !Number.isSafeInteger(Number(size))) throw badCheckpoint()
  const hash = fromBase64(root)
  if (hash.length !== 32) throw badCheckpoint()
  return { origin, size: Number(size), root: hash }
}

function badCheckpoint() {
  return malformed('bad_checkpoint', 'This is not a checkpoint: origin, size and root, a line each.')
}
