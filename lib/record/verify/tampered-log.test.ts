import { describe, it } from 'vitest'
import { utf8 } from '../bytes'
import { edit } from '../folder.test-support'
import { flip, resealedAfter, type Tampering } from './tamper.test-support'

const tamperings: Tampering[] = [
  [
    'the checkpoint has another size',
    (f) => edit(f, 'data/log/checkpoint', (t) => t.replace('\n287\n', '\n288\n')),
    [
      'checkpoint.bad_signature',
      'consistency.malformed',
      'head.mismatch',
      'witness.forged',
      'witness.quorum_not_met',
    ],
  ],
  [
    'the checkpoint is not signed by the log',
    (f) => edit(f, 'data/log/checkpoint', (t) => t.replace(/— onrecord.*\n/, '')),
    ['checkpoint.not_signed'],
  ],
  [
    'the checkpoint has no witness',
    (f) => edit(f, 'data/log/checkpoint', (t) => t.replace(/— witness.*\n/g, '')),
    ['witness.quorum_not_met'],
  ],
  [
    'the checkpoint is no checkpoint',
    (f) => f.set('data/log/checkpoint', utf8('hello\n')),
    ['checkpoint.malformed'],
  ],
  [
    'a witness is forged',
    (f) => edit(f, 'data/log/checkpoint', (t) => t.replace('MGFEzwAAAABppUSn', 'MGFEzwAAAABppUSm')),
    ['witness.forged'],
  ],
  [
    'the proof of the head is of another event',
    (f) => edit(f, 'data/log/head.tlog-proof', (t) => t.replace('index 285', 'index 284')),
    ['head.mismatch'],
  ],
  [
    'an entry of the log is changed',
    (f) => edit(f, 'data/log/tile/entries/001.p/31', (t) => t.replace('case_other_00', 'case_other_99')),
    ['tile.altered'],
  ],
  [
    'a bundle of entries is cut short',
    (f) => f.set('data/log/tile/entries/000', new Uint8Array(3)),
    ['tile.malformed'],
  ],
  ['a hash tile is changed', flip('data/log/tile/0/000'), ['tile.altered']],
  [
    'a proof of consistency is changed',
    (f) => edit(f, 'data/log/consistency/280-287', (t) => t.replace('nU+A', 'nU+B')),
    ['consistency.malformed'],
  ],
  [
    'a proof of consistency is of another log',
    (f) => edit(f, 'data/log/consistency/280-287', (t) => t.replace('\n287\n', '\n286\n')),
    ['consistency.malformed'],
  ],
  [
    'an older checkpoint is changed',
    (f) => edit(f, 'data/anchors/280.checkpoint', (t) => t.replace('Rxkm', 'Rxkn')),
    ['anchor.not_signed', 'anchor.timestamp_mismatch', 'log.forked'],
  ],
  [
    'an older checkpoint is misnamed',
    (f) => {
      f.set('data/anchors/279.checkpoint', f.get('data/anchors/280.checkpoint') ?? utf8(''))
    },
    ['anchor.malformed'],
  ],
  [
    'a timestamp is changed',
    (f) => f.set('data/anchors/280.tsr', utf8('hello')),
    ['anchor.timestamp_mismatch'],
  ],
]

describe('a bundle that was tampered with and signed again', () => {
  it.each(tamperings)('C31: %s', (_, tamper, expected) => resealedAfter(tamper, expected))
})
