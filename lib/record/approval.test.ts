import { describe, expect, it } from 'vitest'
import {
  actionDigest,
  assertionDigest,
  parseStatement,
  statementBytes,
  statementChallenge,
  statementDigest,
} from './approval'
import { fromHex, fromUtf8, utf8 } from './bytes'
import { vectors, vectorText } from './vectors.test-support'

const { approval } = vectors
const bytes = utf8(approval.statement)

describe('an approval', () => {
  it('C05: is bound to the digest of the exact action', () => {
    const requested = JSON.parse(vectorText('sample-bag/data/events.ndjson').split('\n')[8] ?? '')
    expect(actionDigest(requested.data.action)).toBe(requested.data.action_digest)
    expect(parseStatement(bytes).action_digest).toBe(requested.data.action_digest)
    const amended = { ...requested.data.action, params: { reason: 'another reason' } }
    expect(actionDigest(amended)).not.toBe(requested.data.action_digest)
  })

  it('C07: is a statement whose digest is the challenge that the passkey signs', () => {
    expect(fromUtf8(statementBytes(parseStatement(bytes)))).toBe(approval.statement)
    expect(statementChallenge(bytes)).toBe(approval.challenge_b64u)
    expect(statementDigest(bytes)).toBe('3a630a683ea9c245bb8216730f134849dfb629dcc3b8c743176b3ef1a2062c84')
  })

  it('C07: leaves a digest of its assertion, so that no signature can be made later', () => {
    const [auth, client] = [fromHex(approval.authenticatorData_hex), utf8(approval.clientDataJSON)]
    expect(assertionDigest(auth, client, fromHex(approval.signature_hex))).toBe(approval.assertion_sha256)
  })

  it.each([
    approval.statement.replace('approval/v1', 'approval/v2'),
    approval.statement.replace('"approver":"usr_bob",', ''),
    approval.statement.replace('"revision":2', '"revision":"2"'),
    approval.statement.replace('{', '{ '),
    '[]',
  ])('is a complete and canonical statement or none', (text) => {
    expect(() => parseStatement(utf8(text))).toThrow()
  })
})
