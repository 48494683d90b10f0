import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { utf8 } from './bytes'
import { isCanonical } from './canonical'
import { sha256Hex } from './digest'
import { vectors, vectorText } from './vectors.test-support'
import { FINDINGS } from './verify/codes'

const text = readFileSync(join(import.meta.dirname, '../../docs/record-format.md'), 'utf8')

describe('the description of the format', () => {
  it('names every finding, with the verdict that it bears on', () => {
    const initial = { integrity: 'I', completeness: 'C', authenticity: 'A' }
    for (const [code, [verdict, level]] of Object.entries(FINDINGS)) {
      const places = text.split(`\`${code}\``)
      expect(places.length, code).toBeGreaterThan(1)
      const after = places.at(-1)?.slice(0, 200) ?? ''
      expect(after.match(/\(([ICA])/)?.[1] ?? initial[verdict], code).toBe(initial[verdict])
      if (level !== 'fail') expect(text, code).toContain(`*\`${code}\`*`)
    }
  })

  it('has examples that are true', () => {
    const [, canonical = '', digest] = /canonical {2}(\S+)\n {4}H {10}([0-9a-f]{64})/.exec(text) ?? []
    expect(sha256Hex(canonical)).toBe(digest)
    expect(isCanonical(utf8(canonical))).toBe(true)
    expect(text).toContain(
      vectors.log.checkpoints['15']?.trimEnd().replace(/\n(?=.)/g, '\n    ') ?? 'nothing',
    )
    const [entry = ''] = /\{"body":"c0af[^\n]*/.exec(text) ?? []
    expect(
      Buffer.from(
        JSON.parse(vectorText('sample-bag/data/log/proofs.ndjson').split('\n')[0] ?? '').entry,
        'base64',
      ).toString(),
    ).toBe(entry)
  })
})
