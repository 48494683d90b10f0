import { equal } from './bytes'
import { EMPTY_ROOT, nodeHash, split } from './tree'

export type Inclusion = {
  readonly index: number
  readonly size: number
  readonly leaf: Uint8Array
  readonly path: readonly Uint8Array[]
}

/**
 * The root that an inclusion proof leads to, or null where its shape is impossible for this index and size.
 * RFC 9162 2.1.3.2.
 */
export function rootFromInclusion({ index, size, leaf, path }: Inclusion): Uint8Array | null {
  if (!isSize(index) || !isSize(size) || index >= size || !allDigests([leaf, ...path])) return null
  let [fn, sn, hash] = [index, size - 1, leaf]
  for (const sibling of path) {
    if (sn === 0) return null
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash)
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, half(sn)]
    } else {
      hash = nodeHash(hash, sibling)
    }
    ;[fn, sn] = [half(fn), half(sn)]
  }
  return sn === 0 ? hash : null
}

/** True if the proof shows that `leaf` is at `index` of the tree with this root: RFC 9162 2.1.3.2. */
export function verifyInclusion(inclusion: Inclusion, root: Uint8Array): boolean {
  const computed = rootFromInclusion(inclusion)
  return computed !== null && equal(computed, root)
}

export type Consistency = {
  readonly old: { readonly size: number; readonly root: Uint8Array }
  readonly now: { readonly size: number; readonly root: Uint8Array }
  readonly path: readonly Uint8Array[]
}

/** True if the old tree is a prefix of the new one: RFC 9162 2.1.4.2. Size 0 is a prefix of all, with an empty proof. */
export function verifyConsistency({ old, now, path }: Consistency): boolean {
  if (!isSize(old.size) || !isSize(now.size) || old.size > now.size) return false
  if (!allDigests([old.root, now.root, ...path])) return false
  if (old.size === 0)
    return path.length === 0 && equal(old.root, EMPTY_ROOT) && (now.size > 0 || equal(now.root, EMPTY_ROOT))
  if (old.size === now.size) return path.length === 0 && equal(old.root, now.root)
  const first = isPowerOfTwo(old.size) ? old.root : path[0]
  const rest = isPowerOfTwo(old.size) ? path : path.slice(1)
  if (first === undefined || rest.length === 0) return false
  const roots = bothRoots(old.size, now.size, first, rest)
  return roots !== null && equal(roots.old, old.root) && equal(roots.now, now.root)
}

function bothRoots(oldSize: number, size: number, first: Uint8Array, path: readonly Uint8Array[]) {
  let [fn, sn] = [oldSize - 1, size - 1]
  while (fn % 2 === 1) [fn, sn] = [half(fn), half(sn)]
  let [old, now] = [first, first]
  for (const sibling of path) {
    if (sn === 0) return null
    if (fn % 2 === 1 || fn === sn) {
      ;[old, now] = [nodeHash(sibling, old), nodeHash(sibling, now)]
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, half(sn)]
    } else {
      now = nodeHash(now, sibling)
    }
    ;[fn, sn] = [half(fn), half(sn)]
  }
  return sn === 0 ? { old, now } : null
}

function half(n: number): number {
  return Math.floor(n / 2)
}

function isPowerOfTwo(size: number): boolean {
  return size === 1 || split(size) * 2 === size
}

function isSize(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 0
}

function allDigests(hashes: readonly Uint8Array[]): boolean {
  return hashes.every((hash) => hash.length === 32)
}
