import { fromBase64 } from '../base64'
import { equal } from '../bytes'
import type { Checkpoint } from '../checkpoint'
import { type Entry, entryBytes } from '../entry'
import { orNull } from '../malformed'
import { verifyInclusion } from '../proof'
import { leafHash } from '../tree'
import { count, fields, jsonOf, text } from './fields'

export type ReadProof = {
  readonly index: number
  readonly path: readonly Uint8Array[]
  /** The field `event` or `entry`, decoded. */
  readonly bytes: Uint8Array
  readonly seq: number | null
}

const REMEMBERED = 128

/** Strict base64 of hashes that come again and again: those near the root are in every proof. */
export function rememberingDecoder(): (text: string) => Uint8Array {
  let [recent, older] = [new Map<string, Uint8Array>(), new Map<string, Uint8Array>()]
  return (text) => {
    const known = recent.get(text)
    if (known) return known
    const bytes = older.get(text) ?? fromBase64(text)
    if (recent.size === REMEMBERED) [recent, older] = [new Map(), recent]
    recent.set(text, bytes)
    return bytes
  }
}

/** A line of proofs.ndjson or registry.ndjson, or null. What it says is shown by its digests, not by its spelling. */
export function readProof(
  line: string,
  name: 'entry' | 'event',
  decode: (text: string) => Uint8Array = fromBase64,
): ReadProof | null {
  const { [name]: encoded, index, path, seq } = fields(jsonOf(line))
  const [content, place] = [text(encoded), count(index)]
  if (content === null || place === null || !Array.isArray(path) || !path.every(isText)) return null
  return orNull(() => ({
    index: place,
    path: path.map((hash) => decode(hash)),
    bytes: fromBase64(content),
    seq: count(seq),
  }))
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

/** Whether this event is at this place in the log with this head: RFC 9162 2.1.3.2. */
export function isIncluded(entry: Entry, { index, path }: ReadProof, { size, root }: Checkpoint): boolean {
  return verifyInclusion({ index, size, leaf: leafHash(entryBytes(entry)), path }, root)
}

/** Whether the proof is about this very entry. */
export function isAbout({ bytes, seq }: ReadProof, entry: Entry): boolean {
  return seq === entry.seq && equal(bytes, entryBytes(entry))
}
