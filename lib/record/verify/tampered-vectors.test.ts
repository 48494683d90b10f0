import { describe, expect, it } from 'vitest'
import { fromBase64 } from '../base64'
import { concat } from '../bytes'
import { type Files, reseal } from '../folder.test-support'
import { vectorText } from '../vectors.test-support'
import { codes, sample, verify } from './tamper.test-support'

type Patch =
  | { readonly file: string; readonly delete: true }
  /** At this byte, so many bytes are removed, and these put in their place. */
  | { readonly file: string; readonly at: number; readonly remove: number; readonly insert: string }
type Vector = {
  readonly what: string
  readonly patch: readonly Patch[]
  readonly failures: readonly string[]
}

const vectors: Vector[] = JSON.parse(vectorText('tampered.json'))

function patched(vector: Vector): Files {
  const files: Files = new Map(sample)
  for (const patch of vector.patch) {
    if ('delete' in patch) {
      files.delete(patch.file)
      continue
    }
    const { file, at, remove, insert } = patch
    const before = files.get(file) ?? new Uint8Array(0)
    files.set(file, concat(before.subarray(0, at), fromBase64(insert), before.subarray(at + remove)))
  }
  return files
}

describe('the vectors of tampered bundles, for a second implementation', () => {
  it.each(vectors)('C29: $what', async (vector) => {
    const files = patched(vector)
    reseal(files)
    expect(codes(await verify(files))).toEqual(vector.failures)
  })
})
