import { describe, it } from 'vitest'
import { utf8 } from '../bytes'
import { edit, editLines } from '../folder.test-support'
import {
  drop,
  EVENTS,
  evidence,
  flip,
  inEvents,
  PROOFS,
  resealedAfter,
  sample,
  type Tampering,
  without,
} from './tamper.test-support'

const tamperings: Tampering[] = [
  [
    'an event is edited',
    inEvents((t) => t.replace('leaked GitHub token', 'harmless GitHub token')),
    ['chain.broken', 'entry.mismatch'],
  ],
  [
    'the last event is edited',
    inEvents((t) => t.replace('"usr_audra"', '"usr_mallory"')),
    ['entry.mismatch', 'head.mismatch'],
  ],
  ['an event is deleted', without(4), ['chain.gap']],
  ['the first event is deleted', without(0), ['chain.gap']],
  [
    'an event is deleted, its proof kept',
    (f) => editLines(f, EVENTS, (l) => l.toSpliced(4, 1)),
    ['chain.gap', 'entry.mismatch', 'head.mismatch', 'proof.surplus'],
  ],
  [
    'two events are swapped',
    (f) => editLines(f, EVENTS, (l) => l.toSpliced(3, 2, l[4] ?? '', l[3] ?? '')),
    ['chain.broken', 'chain.gap', 'chain.out_of_order', 'entry.mismatch', 'event.time'],
  ],
  [
    'an event is there twice',
    (f) => {
      for (const p of [EVENTS, PROOFS]) editLines(f, p, (l) => l.toSpliced(4, 0, l[4] ?? ''))
    },
    ['chain.out_of_order', 'log.order'],
  ],
  ['the tail is cut off', without(18), ['head.mismatch', 'stream.hidden_events', 'tail.open']],
  [
    'much of the tail is cut off',
    without(15, 16, 17, 18),
    ['head.mismatch', 'stream.hidden_events', 'tail.open'],
  ],
  [
    'a line is not canonical',
    inEvents((t) => t.replace('"seq":3', '"seq": 3')),
    ['chain.gap', 'event.not_canonical'],
  ],
  [
    'a key is there twice',
    inEvents((t) => t.replace('"seq":3', '"seq":3,"seq":3')),
    ['chain.gap', 'event.not_canonical'],
  ],
  [
    'a number has a fraction',
    inEvents((t) => t.replace('"bytes":72', '"bytes":72.0')),
    ['chain.gap', 'event.not_canonical', 'evidence.unrecorded'],
  ],
  [
    'a line is not an event',
    (f) => editLines(f, EVENTS, (l) => l.toSpliced(3, 1, '{}')),
    ['chain.gap', 'event.malformed'],
  ],
  [
    'a line is broken off',
    inEvents((t) => t.slice(0, -40)),
    ['event.malformed', 'head.mismatch', 'proof.surplus', 'stream.hidden_events', 'tail.open'],
  ],
  [
    'there are no events',
    drop(EVENTS),
    [
      'approval.unrecorded',
      'event.malformed',
      'evidence.unrecorded',
      'proof.surplus',
      'tail.open',
      'warrant.unrecorded',
    ],
  ],
  [
    'a proof is changed',
    (f) => edit(f, PROOFS, (t) => t.replace('"path":["ck', '"path":["cl')),
    ['proof.bad'],
  ],
  [
    'a proof has another index',
    (f) => edit(f, PROOFS, (t) => t.replace('"index":253', '"index":252')),
    ['proof.bad'],
  ],
  ['a proof is no proof', (f) => editLines(f, PROOFS, (l) => l.toSpliced(3, 1, '[]')), ['proof.malformed']],
  [
    'a proof is missing',
    (f) => editLines(f, PROOFS, (l) => l.toSpliced(-1, 1)),
    ['head.mismatch', 'proof.missing'],
  ],
  ['all proofs are missing', drop(PROOFS), ['head.mismatch', 'proof.missing']],
  ['evidence is changed', flip(evidence), ['evidence.altered']],
  ['evidence is swapped', (f) => f.set(evidence, sample.get(EVENTS) ?? utf8('')), ['evidence.altered']],
  ['evidence is missing', drop(evidence), ['evidence.missing']],
  [
    'evidence is put in',
    (f) => f.set(`data/evidence/${'0'.repeat(64)}.txt`, utf8('')),
    ['evidence.unrecorded'],
  ],
]

describe('a bundle that was tampered with and signed again', () => {
  it.each(tamperings)('C31: %s', (_, tamper, expected) => resealedAfter(tamper, expected))
})
