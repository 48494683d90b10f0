import { describe, expect, it } from 'vitest'
import { utf8 } from './bytes'
import { readerOf } from './folder.test-support'
import { correctionVectors } from './vectors.test-support'
import { verifyBundle } from './verify'

describe('the vectors of corrections', () => {
  it.each(correctionVectors.cases)('C22: $what', async ({ lines, failures }) => {
    const events = utf8(lines.map((line) => `${line}\n`).join(''))
    const { counts } = await verifyBundle(readerOf(new Map([['data/events.ndjson', events]])))
    const found = Object.keys(counts).sort()
    expect(found.filter((code) => code.startsWith('correction.'))).toEqual(failures)
    // Nothing else is wrong with the events: what is found is found because of the correction.
    expect(found.filter((code) => /^(?:event|chain|redaction)\.(?!erased|gap)/.test(code))).toEqual([])
  })
})
