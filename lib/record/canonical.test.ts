import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCharacter } from './any-character.test-support'
import { fromHex, fromUtf8, toHex, utf8 } from './bytes'
import { isCanonical, jcs, jcsText, MAX_DEPTH, parseCanonical, parseStrict } from './canonical'
import { sha256Hex } from './digest'
import { isMalformed } from './malformed'
import { vectorBytes, vectorNames, vectors } from './vectors.test-support'

function refusal(read: () => unknown): string {
  try {
    read()
  } catch (thrown) {
    if (isMalformed(thrown)) return thrown.code
    throw thrown
  }
  return 'accepted'
}

describe('the canonical form', () => {
  it.each(vectors.jcs)('of $in is $canonical', ({ in: text, canonical, hex, sha256 }) => {
    const bytes = jcs(parseStrict(utf8(text)))
    expect(fromUtf8(bytes)).toBe(canonical)
    expect(toHex(bytes)).toBe(hex)
    expect(sha256Hex(bytes)).toBe(sha256)
    expect(isCanonical(bytes)).toBe(true)
  })

  it.each(vectorNames('published/jcs/input'))(
    'of the published %s is as published, if it has only integers',
    (name) => {
      const input = vectorBytes(`published/jcs/input/${name}`)
      const output = vectorBytes(`published/jcs/output/${name}`)
      const hasFractions = name === 'values.json' || name === 'structures.json'
      if (hasFractions) expect(refusal(() => parseStrict(input))).toBe('not_an_integer')
      else expect(fromUtf8(jcs(parseStrict(input)))).toBe(fromUtf8(output).trim())
    },
  )

  it('C32: what another reader could read differently is refused', () => {
    for (const text of vectors.jcs_must_reject) {
      expect(
        refusal(() => parseStrict(utf8(text))),
        text,
      ).not.toBe('accepted')
      expect(isCanonical(utf8(text)), text).toBe(false)
    }
  })

  it.each([
    ['{"a":1,"a":1}', 'duplicate_key'],
    ['{"a":1,"\\u0061":2}', 'duplicate_key'],
    ['{"__proto__":1,"__proto__":2}', 'duplicate_key'],
    ['1.0', 'not_an_integer'],
    ['1e2', 'not_an_integer'],
    ['-0', 'negative_zero'],
    ['9007199254740992', 'unsafe_integer'],
    ['-9007199254740992', 'unsafe_integer'],
    ['"\\ud800"', 'lone_surrogate'],
    ['"\\udc00\\ud800"', 'lone_surrogate'],
    ['\ufeff{}', 'byte_order_mark'],
    ['[1,]', 'syntax'],
    ['{"a":1,}', 'syntax'],
    ['{a:1}', 'syntax'],
    ['01', 'syntax'],
    ['+1', 'syntax'],
    ['"\t"', 'syntax'],
    ['"\\x"', 'syntax'],
    ['{} {}', 'syntax'],
    ['', 'syntax'],
    ['tru', 'syntax'],
    ['[1', 'syntax'],
    ['\u00a0{}', 'syntax'],
  ])('C32: %s is refused as %s', (text, code) => {
    expect(refusal(() => parseStrict(utf8(text)))).toBe(code)
    expect(refusal(() => parseCanonical(utf8(text)))).toBe(code)
  })

  it('C32: bytes that are not UTF-8 are refused', () => {
    for (const hex of ['22ff22', '22c0af22', '22eda08022', '22f4908080'])
      expect(refusal(() => parseStrict(fromHex(hex)))).toBe('invalid_utf8')
  })

  it('refuses nesting beyond its limit, however deep, and takes nesting up to it', () => {
    const nested = (depth: number) => utf8('['.repeat(depth) + ']'.repeat(depth))
    expect(isCanonical(nested(MAX_DEPTH))).toBe(true)
    expect(refusal(() => parseStrict(nested(MAX_DEPTH + 1)))).toBe('too_deep')
    expect(refusal(() => parseCanonical(nested(1_000_000)))).toBe('too_deep')
  })

  it.each([
    [1.5, 'not_an_integer'],
    [Number.NaN, 'not_an_integer'],
    [Number.POSITIVE_INFINITY, 'not_an_integer'],
    [-0, 'negative_zero'],
    [2 ** 53, 'unsafe_integer'],
    ['\ud800', 'lone_surrogate'],
    [{ '\udfff': 1 }, 'lone_surrogate'],
    [undefined, 'not_json'],
    [{ a: undefined }, 'not_json'],
    [[undefined], 'not_json'],
    [1n, 'not_json'],
    [new Date(0), 'not_json'],
    [new Map([[1, 2]]), 'not_json'],
    [new Uint8Array(2), 'not_json'],
  ])('never writes %s: %s', (value, code) => {
    expect(refusal(() => jcs(value))).toBe(code)
  })

  it.each(['{"b":1,"a":2}', '{ }', '"\\u0061"', '"\\u000A"', '"\\/"', '[1, 2]', '{}\n'])(
    'tells JSON that is not canonical from JSON that is: %s',
    (text) => {
      expect(isCanonical(utf8(text))).toBe(false)
      expect(refusal(() => parseCanonical(utf8(text)))).toBe('not_canonical')
      expect(isCanonical(jcs(parseStrict(utf8(text))))).toBe(true)
    },
  )

  it('keeps a key named __proto__ as a key', () => {
    const value = parseStrict(utf8('{"__proto__":{"a":1}}'))
    expect(jcsText(value)).toBe('{"__proto__":{"a":1}}')
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  })

  const anyText = fc.string({ unit: anyCharacter, maxLength: 20 })
  const anyJson = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom(null, true, false),
      fc.maxSafeInteger().map((n) => n + 0),
      anyText,
      fc.array(tie('value'), { maxLength: 5 }),
      fc.dictionary(anyText, tie('value'), { maxKeys: 6 }),
    ),
  })).value

  it('agrees with an independent implementation wherever both have an answer', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(jcsText(value)).toBe(canonicalize(value))
      }),
      { numRuns: 1000 },
    )
  })

  it('comes back from any spelling of the same value', () => {
    fc.assert(
      fc.property(anyJson, fc.integer({ min: 0, max: 4 }), (value, indent) => {
        const spelled = utf8(JSON.stringify(value, null, indent))
        const read = parseStrict(spelled)
        expect(jcsText(read)).toBe(jcsText(value))
        expect(jcsText(parseCanonical(jcs(value)))).toBe(jcsText(value))
      }),
      { numRuns: 500 },
    )
  })

  it('refuses exactly the texts that JSON.parse refuses, apart from its own restrictions', () => {
    const restricted = [
      'duplicate_key',
      'not_an_integer',
      'negative_zero',
      'unsafe_integer',
      'lone_surrogate',
      'too_deep',
    ]
    const nearlyJson = fc.array(fc.constantFrom(...'{}[],:"\\u00e1 -.truefalsn1'.split(''), '{"a":', '[1,'), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(nearlyJson, (pieces) => {
        const text = pieces.join('')
        const ours = refusal(() => parseStrict(utf8(text)))
        let engine = 'accepted'
        try {
          JSON.parse(text)
        } catch {
          engine = 'syntax'
        }
        if (engine === 'accepted') expect(['accepted', ...restricted]).toContain(ours)
        else expect(ours).not.toBe('accepted')
      }),
      { numRuns: 3000 },
    )
  })
})
