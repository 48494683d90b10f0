import { fromUtf8, toHex } from '../../lib/record/bytes'
import { isMalformed, orNull } from '../../lib/record/malformed'
import { leafHash } from '../../lib/record/tree'
import type { BundleReader } from '../../lib/record/verify'
import { readLine } from '../../lib/record/verify/event'
import { EVENTS, PROOFS } from '../../lib/record/verify/events'
import { isAbout, type ReadProof, readProof } from '../../lib/record/verify/inclusion'
import { filesOf, readLines, readText } from '../../lib/record/verify/reader'
import { CHECKPOINT, readNote } from '../../lib/record/verify/trust'
import { type Climb, climb } from './climb'

/** A line of events.ndjson, for whoever wants to look. Nothing of it is evidence until the report says so. */
export type ShownEvent = {
  /** From 1. */
  readonly line: number
  readonly case: string
  readonly seq: number
  readonly type: string
  readonly at: string
  readonly actor: string
  /** hex(SHA-256(the event's bytes)) */
  readonly digest: string
}

export type ShownProof = {
  readonly event: ShownEvent
  readonly entry: string
  /** Whether the entry that is proved is this very event's. */
  readonly isAbout: boolean
  readonly index: number
  readonly size: number
  readonly climb: Climb
  /** The root that the log signed, in hex. */
  readonly root: string
}

/** The events from line `from` on, at most `count`. Lines that are no events are passed over. */
export async function shownEvents(reader: BundleReader, from: number, count: number): Promise<ShownEvent[]> {
  const events: ShownEvent[] = []
  for await (const { bytes, number } of linesFrom(reader, EVENTS, from)) {
    if (number >= from + count) break
    const event = shownEvent(bytes, number)
    if (event) events.push(event)
  }
  return events
}

/** The way from the event on this line to the log's head; null where the bundle has no readable proof of it. */
export async function shownProof(reader: BundleReader, line: number): Promise<ShownProof | null> {
  const [event] = await shownEvents(reader, line, 1)
  const proof = await proofOn(reader, line)
  const note = await readText(filesOf(reader), CHECKPOINT)
  const head = note === null ? null : orNull(() => readNote(note))
  if (!event || !proof || !head) return null
  const { size, root } = head.checkpoint
  const steps = climb(proof.index, size, leafHash(proof.bytes), proof.path)
  if (steps === null) return null
  const entry = orNull(() => fromUtf8(proof.bytes)) ?? ''
  const about = isAbout(proof, { body: event.digest, case: event.case, seq: event.seq })
  return { event, entry, isAbout: about, index: proof.index, size, climb: steps, root: toHex(root) }
}

async function proofOn(reader: BundleReader, line: number): Promise<ReadProof | null> {
  if (!reader.paths.includes(PROOFS)) return null
  for await (const { bytes } of linesFrom(reader, PROOFS, line)) return readProof(fromUtf8(bytes), 'entry')
  return null
}

/** Broken lines are the report's business: here they end what can be shown. */
async function* linesFrom(reader: BundleReader, path: string, from: number) {
  let number = 0
  try {
    for await (const bytes of readLines(filesOf(reader), path)) if (++number >= from) yield { bytes, number }
  } catch (thrown) {
    if (!isMalformed(thrown)) throw thrown
  }
}

function shownEvent(bytes: Uint8Array, line: number): ShownEvent | null {
  const read = orNull(() => readLine(bytes))
  if (read === null) return null
  const { case: stream, seq, body: digest } = read.entry
  const place = { line, case: stream, seq, digest }
  if (read.kind === 'erased') return { ...place, type: 'its body was erased', at: '', actor: '' }
  const { type, at, actor } = read.event
  return { ...place, type, at, actor: actor.id }
}
