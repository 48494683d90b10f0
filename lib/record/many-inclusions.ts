import { equal } from './bytes'
import { type Inclusion, verifyInclusion } from './proof'
import { nodeHash } from './tree'

/** A node that a good proof went through, and what lay above it in that proof. */
type Shown = {
  readonly number: number
  readonly hash: Uint8Array
  readonly path: readonly Uint8Array[]
  readonly step: number
}

/**
 * `verifyInclusion` for many leaves of one tree: where a proof joins the way of an earlier good one, the rest need not be
 * hashed again, only be the same. Neighbouring leaves share all but a step or two. RFC 9162 2.1.3.2.
 */
export function manyInclusions(
  size: number,
  root: Uint8Array,
): (inclusion: Omit<Inclusion, 'size'>) => boolean {
  /** By height: each was shown to be part of this very tree. */
  const shown: Shown[] = []

  return ({ index, leaf, path }) => {
    const inclusion = { index, size, leaf, path }
    const below = joins(shown, inclusion)
    if (below === null && !verifyInclusion(inclusion, root)) return false
    for (const [height, node] of below ?? climb(inclusion)) shown[height] = node
    return true
  }
}

type Way = [height: number, node: Shown][]

/** The nodes below the place where this proof joins an earlier one; null where it doesn't. */
function joins(shown: readonly Shown[], inclusion: Inclusion): Way | null {
  const way: Way = []
  for (const [height, node] of climb(inclusion)) {
    const known = shown[height]
    if (known?.number === node.number) return isSame(known, node) ? way : null
    way.push([height, node])
  }
  return null
}

function* climb({ index, size, leaf, path }: Inclusion): Generator<[height: number, node: Shown]> {
  if (
    !Number.isSafeInteger(index) ||
    !(index >= 0 && index < size) ||
    leaf.length !== 32 ||
    path.some((hash) => hash.length !== 32)
  )
    return
  let [fn, sn, height, hash] = [index, size - 1, 0, leaf]
  for (let step = 0; ; step++) {
    yield [height, { number: fn, hash, path, step }]
    const sibling = path[step]
    if (sibling === undefined || sn === 0) return
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash)
      while (fn % 2 === 0 && fn !== 0) [fn, sn, height] = [fn / 2, Math.floor(sn / 2), height + 1]
    } else hash = nodeHash(hash, sibling)
    ;[fn, sn, height] = [Math.floor(fn / 2), Math.floor(sn / 2), height + 1]
  }
}

/** The same node with the same neighbours above it. */
function isSame(known: Shown, node: Shown): boolean {
  const above = known.path.length - known.step
  if (node.path.length - node.step !== above || !equal(known.hash, node.hash)) return false
  for (let i = 0; i < above; i++) {
    const [one, other] = [known.path[known.step + i], node.path[node.step + i]]
    if (one !== other && !(one && other && equal(one, other))) return false
  }
  return true
}
