import { jcs, parseCanonical } from './canonical'
import { malformed } from './malformed'

/**
 * What the organisation's log holds of an event: its digest and place, nothing else. So a body can be erased without
 * touching the tree, and the whole log can be shown to the auditor of one case.
 */
export type Entry = {
  /** hex(SHA-256(event bytes)) */
  readonly body: string
  readonly case: string
  readonly seq: number
}

const DIGEST = /^[0-9a-f]{64}$/

/** entry = JCS({"body","case","seq","v":1}), RFC 8785: the leaf's data in the Merkle tree. */
export function entryBytes({ body, case: stream, seq }: Entry): Uint8Array {
  return jcs({ body, case: stream, seq, v: 1 })
}

/** @throws Malformed `bad_entry`, or as `parseCanonical` */
export function parseEntry(bytes: Uint8Array): Entry {
  const value = parseCanonical(bytes)
  if (typeof value !== 'object' || value === null || !('v' in value)) throw badEntry()
  const { body, case: stream, seq, v, ...others } = value
  if (typeof body !== 'string' || !DIGEST.test(body) || typeof stream !== 'string') throw badEntry()
  if (typeof seq !== 'number' || seq < 0 || v !== 1 || Object.keys(others).length > 0) throw badEntry()
  return { body, case: stream, seq }
}

function badEntry() {
  return malformed('bad_entry', 'This is not a log entry: {"body","case","seq","v":1}.')
}
