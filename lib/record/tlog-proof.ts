import { fromBase64, toBase64 } from './base64'
import { type Checkpoint, parseCheckpoint } from './checkpoint'
import { malformed } from './malformed'
import { type Note, parseNote } from './note'
import { verifyInclusion } from './proof'
import { leafHash } from './tree'

/** C2SP tlog-proof: that one entry is in a log, in a file of its own. */
export type TlogProof = {
  readonly index: number
  readonly path: readonly Uint8Array[]
  readonly note: Note
  readonly checkpoint: Checkpoint
}

const HEADER = 'c2sp.org/tlog-proof@v1'

export function formatTlogProof(index: number, path: readonly Uint8Array[], checkpointNote: string): string {
  return `${HEADER}\nindex ${index}\n${path.map((hash) => `${toBase64(hash)}\n`).join('')}\n${checkpointNote}`
}

/** @throws Malformed `bad_tlog_proof`, or as `parseNote` and `parseCheckpoint` */
export function parseTlogProof(text: string): TlogProof {
  const gap = text.indexOf('\n\n')
  const [header, ...lines] = text.slice(0, Math.max(gap, 0)).split('\n')
  if (header !== HEADER) throw badProof()
  if (lines[0]?.startsWith('extra ')) lines.shift() // data that the log attaches: nothing here depends on it
  const [, index] = /^index (0|[1-9]\d*)$/.exec(lines.shift() ?? '') ?? []
  if (index === undefined || !Number.isSafeInteger(Number(index))) throw badProof()
  const path = lines.map(fromBase64)
  if (path.some((hash) => hash.length !== 32)) throw badProof()
  const note = parseNote(text.slice(gap + 2))
  return { index: Number(index), path, note, checkpoint: parseCheckpoint(note.text) }
}

/** Whether the proof shows the entry in the tree of its checkpoint. Who signed the checkpoint is another question. */
export function provesEntry({ index, path, checkpoint }: TlogProof, entry: Uint8Array): boolean {
  return verifyInclusion({ index, size: checkpoint.size, leaf: leafHash(entry), path }, checkpoint.root)
}

function badProof() {
  return malformed('bad_tlog_proof', 'This is not a tlog-proof, version 1.')
}
