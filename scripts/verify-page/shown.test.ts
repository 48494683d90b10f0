import { describe, expect, it } from 'vitest'
import { toHex } from '../../lib/record/bytes'
import { edit, type Files, readerOf, readFolder } from '../../lib/record/folder.test-support'
import { SAMPLE_BAG } from '../../lib/record/vectors.test-support'
import { climb } from './climb'
import { shownEvents, shownProof } from './shown'

const sample = readFolder(SAMPLE_BAG)
const changed = (path: string, from: string, to: string): Files => {
  const files = new Map(sample)
  edit(files, path, (text) => text.replace(from, to))
  return files
}

describe('the events to choose from', () => {
  it('come a page at a time, in their order', async () => {
    const events = await shownEvents(readerOf(sample), 5, 3)
    expect(events.map(({ line, seq, type }) => [line, seq, type])).toEqual([
      [5, 4, 'nhi.linked'],
      [6, 5, 'case.state'],
      [7, 6, 'action.requested'],
    ])
    expect(await shownEvents(readerOf(sample), 18, 20)).toHaveLength(2)
    expect(await shownEvents(readerOf(sample), 40, 20)).toEqual([])
  })
})

describe('the proof that is drawn', () => {
  it('C29: leads from each event to the root that the log signed', async () => {
    for (let line = 1; line <= 19; line++) {
      const proof = await shownProof(readerOf(sample), line)
      expect(proof?.isAbout).toBe(true)
      expect(proof?.climb.steps.at(-1)).toMatchObject({ node: proof?.root, covers: [0, 287] })
    }
  })

  it('C22: says that an event which was changed is not the one that is proved', async () => {
    const proof = await shownProof(readerOf(changed('data/events.ndjson', 'token valid', 'token stale')), 4)
    expect(proof?.isAbout).toBe(false)
    expect(proof?.climb.steps.at(-1)?.node).toBe(proof?.root)
  })

  it('C22: ends in another root where the proof was changed', async () => {
    const proof = await shownProof(
      readerOf(changed('data/log/proofs.ndjson', '"path":["ck', '"path":["cl')),
      1,
    )
    expect(proof?.climb.steps.at(-1)?.node).not.toBe(proof?.root)
  })

  it('is none where the bundle has none, or none of the right shape', async () => {
    const files = new Map(sample)
    files.delete('data/log/proofs.ndjson')
    expect(await shownProof(readerOf(files), 1)).toBeNull()
    expect(await shownProof(readerOf(sample), 99)).toBeNull()
    const hash = new Uint8Array(32)
    expect(climb(3, 4, hash, [hash])).toBeNull()
    expect(climb(4, 4, hash, [hash, hash])).toBeNull()
    expect(climb(0, 1, hash, [])).toEqual({ leaf: toHex(hash), steps: [] })
  })
})
