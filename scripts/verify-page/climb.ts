import { toHex } from '../../lib/record/bytes'
import { inclusionRanges, nodeHash } from '../../lib/record/tree'

/** One step from the leaf towards the root: two neighbours, and what they make. */
export type Step = {
  /** Which side the neighbour from the proof is on. */
  readonly side: 'left' | 'right'
  /** The neighbour's hash, in hex, and the entries below it: from the first up to, not including, the second. */
  readonly neighbour: string
  readonly of: readonly [number, number]
  /** node = SHA-256(0x01 || left || right), in hex, and the entries below it. */
  readonly node: string
  readonly covers: readonly [number, number]
}

export type Climb = { readonly leaf: string; readonly steps: readonly Step[] }

/** An inclusion proof (RFC 9162 2.1.3.2) as steps to draw; null where it has not the shape that the tree demands. */
export function climb(
  index: number,
  size: number,
  leaf: Uint8Array,
  path: readonly Uint8Array[],
): Climb | null {
  if (!(index < size)) return null
  const ranges = inclusionRanges(index, size)
  if (ranges.length !== path.length || path.some((hash) => hash.length !== 32)) return null
  const steps: Step[] = []
  let [node, covers]: [Uint8Array, readonly [number, number]] = [leaf, [index, index + 1]]
  for (const [i, of] of ranges.entries()) {
    const neighbour = path[i] ?? leaf
    const side = of[0] > index ? 'right' : 'left'
    node = side === 'right' ? nodeHash(node, neighbour) : nodeHash(neighbour, node)
    covers = [Math.min(covers[0], of[0]), Math.max(covers[1], of[1])]
    steps.push({ side, neighbour: toHex(neighbour), of, node: toHex(node), covers })
  }
  return { leaf: toHex(leaf), steps }
}
