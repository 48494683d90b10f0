import { fromUtf8 } from '../bytes'
import type { Checkpoint } from '../checkpoint'
import { entryBytes } from '../entry'
import { orNull } from '../malformed'
import { manyInclusions } from '../many-inclusions'
import { leafHash } from '../tree'
import type { Context } from './context'
import type { Line } from './event'
import { isAbout, type ReadProof, readProof, rememberingDecoder } from './inclusion'
import type { Where } from './report'

/** An event's place in the log, if the line of proofs.ndjson beside it shows it. */
export type Placing = (line: Line, proof: Uint8Array | null, where: Where) => number | null

/** @param file the file of the proofs, for what is wrong with one of them */
export function placing({ report }: Context, checkpoint: Checkpoint | null, file: string): Placing {
  if (checkpoint === null) return () => null
  const decode = rememberingDecoder()
  const isIncluded = manyInclusions(checkpoint.size, checkpoint.root)

  function readable(bytes: Uint8Array, where: Where): ReadProof | null {
    const proof = orNull(() => readProof(fromUtf8(bytes), 'entry', decode))
    if (proof === null)
      report.add('proof.malformed', "This event's proof cannot be read.", { ...where, file })
    return proof
  }

  return ({ entry }, bytes, where) => {
    if (bytes === null) {
      report.add('proof.missing', 'Nothing shows that this event is in the log.', where)
      return null
    }
    const proof = readable(bytes, where)
    if (proof === null) return null
    const { index, path } = proof
    if (!isAbout(proof, entry)) {
      report.add(
        'entry.mismatch',
        'This is not the event that the log has at this place: it was changed or moved.',
        where,
      )
      return null
    }
    if (isIncluded({ index, leaf: leafHash(entryBytes(entry)), path })) return index
    report.add('proof.bad', "This event is not in the log: its proof doesn't lead to the log's head.", where)
    return null
  }
}
