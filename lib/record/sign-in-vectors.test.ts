import { describe, expect, it } from 'vitest'
import { parseStatement, statementChallenge, statementDigest } from './approval'
import { utf8 } from './bytes'
import { sha256Hex } from './digest'
import { signInVectors } from './vectors.test-support'
import { checkTie, noteTie, type Ties } from './verify/accounts'
import { openIdToken } from './verify/id-token'
import { reporter } from './verify/report'

const { statement, nonce, id_token, issuer_jwks, index, at, data, cases } = signInVectors
const token = await openIdToken(utf8(id_token), utf8(issuer_jwks))
const claims = token?.claims ?? {}

describe('the vectors of an approval by signing in again', () => {
  it('C07: are of a sign-in that stands, for exactly this statement', () => {
    expect(token?.isSigned).toBe(true)
    expect(statementChallenge(utf8(statement))).toBe(nonce)
    expect(claims).toMatchObject({ nonce, iss: data.sign_in.issuer, sub: data.sign_in.subject })
    expect(statementDigest(utf8(statement))).toBe(data.statement_sha256)
    expect([sha256Hex(id_token), sha256Hex(issuer_jwks)]).toEqual([
      data.assertion_sha256,
      data.sign_in.issuer_jwks,
    ])
    const { approver, iat, exp } = parseStatement(utf8(statement))
    expect([approver, iat < at, at < exp]).toEqual([data.approver, true, true])
  })

  it.each(cases)('C69: $what', ({ registry, failures }) => {
    const ties: Ties = new Map()
    for (const event of registry)
      if (event.type === 'member.identified') noteTie(ties, event.data, event.index)
    const report = reporter()
    checkTie({ report }, ties, { approver: data.approver, index, where: { file: '' } }, claims)
    expect([...report.counts.keys()].sort()).toEqual(failures)
  })
})
