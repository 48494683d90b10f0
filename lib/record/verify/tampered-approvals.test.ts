import { describe, it } from 'vitest'
import { utf8 } from '../bytes'
import { edit, editLines } from '../folder.test-support'
import { drop, flip, resealedAfter, type Tampering } from './tamper.test-support'

const tamperings: Tampering[] = [
  [
    'a statement is changed',
    (f) =>
      edit(f, 'data/approvals/apr_2/statement.json', (t) =>
        t.replace('9f2c', '9f2d').replace('usr_bob', 'usr_eve'),
      ),
    ['approval.statement_altered', 'warrant.quorum_not_met'],
  ],
  [
    'a statement is missing',
    drop('data/approvals/apr_2/statement.json'),
    ['approval.statement_missing', 'warrant.quorum_not_met'],
  ],
  [
    'a statement of another approval is put in its place',
    (f) =>
      f.set('data/approvals/apr_2/statement.json', f.get('data/approvals/apr_1/statement.json') ?? utf8('')),
    ['approval.statement_altered', 'warrant.quorum_not_met'],
  ],
  [
    'a signature is changed',
    flip('data/approvals/apr_2/signature.bin'),
    ['approval.assertion_altered', 'approval.bad_signature', 'warrant.quorum_not_met'],
  ],
  [
    'a signature is missing',
    drop('data/approvals/apr_2/signature.bin'),
    ['approval.assertion_missing', 'warrant.quorum_not_met'],
  ],
  [
    'client data is changed',
    (f) =>
      edit(f, 'data/approvals/apr_2/clientdata.json', (t) => t.replace('onrecord.example', 'onrecord.evil')),
    ['approval.assertion_altered', 'approval.wrong_origin', 'warrant.quorum_not_met'],
  ],
  [
    'authenticator data is changed',
    flip('data/approvals/apr_2/authdata.bin'),
    ['approval.assertion_altered', 'approval.wrong_rp_id', 'warrant.quorum_not_met'],
  ],
  [
    'a credential is swapped',
    (f) =>
      f.set('data/approvals/apr_2/credential.pem', f.get('data/approvals/apr_3/credential.pem') ?? utf8('')),
    ['approval.key_mismatch', 'warrant.quorum_not_met'],
  ],
  [
    'an approval is put in',
    (f) =>
      f.set('data/approvals/apr_9/statement.json', f.get('data/approvals/apr_1/statement.json') ?? utf8('')),
    ['approval.unrecorded'],
  ],
  [
    'all approvals are missing',
    drop('data/approvals/'),
    ['approval.statement_missing', 'warrant.quorum_not_met'],
  ],
  [
    'the registry is missing',
    drop('data/registry.ndjson'),
    ['approval.key_not_enrolled', 'warrant.key_not_published', 'warrant.quorum_not_met'],
  ],
  [
    'an enrolment is missing',
    (f) => editLines(f, 'data/registry.ndjson', (l) => l.toSpliced(1, 1)),
    ['approval.key_not_enrolled', 'warrant.quorum_not_met'],
  ],
  [
    'an enrolment is changed',
    (f) =>
      editLines(f, 'data/registry.ndjson', (l) =>
        l.map((x) =>
          x.replace(
            /"event":"[^"]*"/,
            (m) =>
              `"event":"${Buffer.from(Buffer.from(m.slice(9, -1), 'base64').toString().replaceAll('usr_dana', 'usr_eve')).toString('base64')}"`,
          ),
        ),
      ),
    ['approval.key_not_enrolled', 'registry.proof', 'warrant.quorum_not_met'],
  ],
  [
    'the registry is not readable',
    (f) => editLines(f, 'data/registry.ndjson', (l) => ['{}', ...l]),
    ['registry.malformed'],
  ],
  [
    'the registry is out of order',
    (f) => editLines(f, 'data/registry.ndjson', (l) => [l[1] ?? '', l[0] ?? '', l[2] ?? '']),
    ['registry.chain', 'warrant.key_not_published'],
  ],
  ['a warrant is missing', drop('data/warrants/wrt_'), ['warrant.missing']],
  [
    'a warrant is changed',
    (f) => edit(f, 'data/warrants/wrt_5b1288bdb86ccf33cc0158.jwt', (t) => t.replace('.3pug', '.3puh')),
    ['warrant.altered', 'warrant.bad_signature'],
  ],
  ['a warrant is put in', (f) => f.set('data/warrants/wrt_9.jwt', utf8('a.b.c\n')), ['warrant.unrecorded']],
  ['the warrants’ keys are missing', drop('data/warrants/jwks.json'), ['warrant.unknown_key']],
  [
    'the warrants’ key is changed',
    (f) => edit(f, 'data/warrants/jwks.json', (t) => t.replace('wj0An', 'wj0Ao')),
    ['warrant.bad_signature'],
  ],
]

describe('a bundle that was tampered with and signed again', () => {
  it.each(tamperings)('C31: %s', (_, tamper, expected) => resealedAfter(tamper, expected))
})
