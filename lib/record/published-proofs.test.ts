import { describe, expect, it } from 'vitest'
import { fromBase64 } from './base64'
import { verifyConsistency, verifyInclusion } from './proof'
import { vectorText } from './vectors.test-support'

type Published = { file: string; proof: string[] | null; wantErr: boolean; desc: string }
const published: {
  inclusion: (Published & { leafIdx: number; treeSize: number; root: string; leafHash: string })[]
  consistency: (Published & { size1: number; size2: number; root1: string; root2: string })[]
} = JSON.parse(vectorText('published/merkle.json'))

describe("the reference implementation's proofs", () => {
  const decode = (text: string | null) => (text ? fromBase64(text) : new Uint8Array(0))

  it.each(published.inclusion)('of inclusion: $file', (vector) => {
    const path = (vector.proof ?? []).map(decode)
    const inclusion = { index: vector.leafIdx, size: vector.treeSize, leaf: decode(vector.leafHash), path }
    expect(verifyInclusion(inclusion, decode(vector.root))).toBe(!vector.wantErr)
  })

  it.each(published.consistency)('of consistency: $file', (vector) => {
    const consistency = {
      old: { size: vector.size1, root: decode(vector.root1) },
      now: { size: vector.size2, root: decode(vector.root2) },
      path: (vector.proof ?? []).map(decode),
    }
    // One of them calls two equal three-byte roots consistent: no root has three bytes.
    const areDigests = consistency.old.root.length === 32
    expect(verifyConsistency(consistency)).toBe(!vector.wantErr && areDigests)
  })
})
