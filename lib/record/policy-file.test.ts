import { describe, expect, it } from 'vitest'
import { checkpointText } from './checkpoint'
import { cosigner } from './cosignature'
import { formatVkey, noteSigner, parseNote } from './note'
import { applyPolicy, parsePolicy } from './policy-file'
import { vectorText } from './vectors.test-support'

const log = noteSigner('log.example', new Uint8Array(32).fill(1))
const [a, b, c] = ['a', 'b', 'c'].map((name, i) =>
  cosigner(`${name}.example`, new Uint8Array(32).fill(10 + i)),
)
const keys = [a, b, c].map((w, i) =>
  w ? `witness w${i + 1} ${formatVkey(w)} https://w${i + 1}.example` : '',
)
const text = checkpointText({ origin: 'log.example', size: 1, root: new Uint8Array(32) })

const policy = (...lines: string[]) => parsePolicy([`log ${formatVkey(log)}`, ...keys, ...lines].join('\n'))
const noteBy = (...witnesses: (typeof a)[]) => ({
  text,
  signatures: [
    log.sign(text),
    ...witnesses.flatMap((witness) => (witness ? [witness.cosign(text, 100)] : [])),
  ],
})

describe('a trust policy', () => {
  it.each([
    ['quorum w1', [a], 'met'],
    ['quorum w1', [b, c], 'not_met'],
    ['group g any w1 w2\nquorum g', [b], 'met'],
    ['group g all w1 w2\nquorum g', [b], 'not_met'],
    ['group g 2 w1 w2 w3\nquorum g', [a, c], 'met'],
    ['group g 2 w1 w2 w3\nquorum g', [c], 'not_met'],
    ['group in all w1 w2\ngroup out any in w3\nquorum out', [c], 'met'],
    ['group in all w1 w2\ngroup out all in w3\nquorum out', [a, c], 'not_met'],
    ['quorum none', [], 'none'],
  ] as const)('with %j', (lines, witnesses, quorum) => {
    expect(applyPolicy(policy(lines), 'log.example', noteBy(...witnesses))).toMatchObject({
      log: 'signed',
      quorum,
    })
  })

  it('reads the published example', () => {
    const example = parsePolicy(vectorText('sample-bag/data/log/policy'))
    const verdict = applyPolicy(
      example,
      'onrecord.example/log/acme',
      parseNote(vectorText('sample-bag/data/log/checkpoint')),
    )
    expect(verdict).toMatchObject({ log: 'signed', quorum: 'met', forged: [] })
    expect([...verdict.cosigned.keys()]).toEqual(['auditor', 'peer'])
  })

  it('does not take a log for another', () => {
    expect(applyPolicy(policy('quorum w1'), 'else.example', noteBy(a)).log).toBe('not_signed')
  })

  it('tells a forged cosignature', () => {
    const forged = {
      ...noteBy(b),
      text: checkpointText({ origin: 'log.example', size: 2, root: new Uint8Array(32) }),
    }
    expect(applyPolicy(policy('quorum w1'), 'log.example', forged)).toMatchObject({
      log: 'bad_signature',
      forged: ['w2'],
      quorum: 'not_met',
    })
  })

  it.each([
    '',
    'quorum nobody',
    'quorum w1\nquorum w2',
    'group g 3 w1 w2\nquorum g',
    'group g 0 w1\nquorum g',
    'group g any w1 w1\nquorum g',
    'group g any later\ngroup later any w1\nquorum g',
    'group none any w1\nquorum none',
    'group w1 any w2\nquorum w1',
    `witness again ${a ? formatVkey(a) : ''}\nquorum again`,
    `witness log ${formatVkey(log)}\nquorum w1`,
    'surprise\nquorum w1',
  ])('refuses %j', (lines) => {
    expect(() => policy(lines)).toThrow()
  })
})
