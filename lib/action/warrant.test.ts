import fc from 'fast-check'
import { CompactSign, importJWK, type JWK, SignJWT, UnsecuredJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { actionDigest } from '../record/approval'
import { freshPair } from '../record/fresh-pair.test-support'
import { checkWarrant, type WarrantContext } from '../record/warrant'
import { ACTION_KINDS, type Action } from './event'
import {
  issueWarrant,
  publicJwks,
  thumbprint,
  type WarrantInput,
  type WarrantKey,
  warrantClaims,
} from './warrant'

const NOW = Date.parse('2026-03-02T08:04:35.250Z')
const CONNECTOR = 'https://on-record.example/connectors/postgres-orders'
const action: Action = {
  kind: 'postgres.rotate-password',
  params: { end_sessions: true },
  target: { nhi: 'nhi_svc-orders', name: 'svc-orders', environment: 'production', account: 'svc_orders' },
  connector: CONNECTOR,
  case: 'case_1',
  purpose: 'Its password was pasted into a channel.',
  executor: 'nhi_executor-postgres',
  not_before: '2026-03-02T08:00:00.000Z',
  expires_at: '2026-03-02T12:00:00.000Z',
  reverts: null,
}

let key: WarrantKey
let executorKey: JWK
let input: WarrantInput
let context: WarrantContext

function keyPair(kid: string): WarrantKey {
  return { ...(freshPair().privateKey.export({ format: 'jwk' }) as JWK), kid }
}

beforeAll(async () => {
  key = keyPair('warrant-1')
  const { d: _, ...publicHalf } = keyPair('executor-1')
  executorKey = publicHalf
  input = {
    issuer: 'https://on-record.example',
    jti: `wrt_${'0'.repeat(32)}`,
    now: NOW,
    request: 'req_1',
    action,
    accountable: 'usr_ada',
    executorKey,
    approvals: [{ id: 'apr_1', sub: 'usr_chiara' }],
  }
  context = {
    jwks: publicJwks([key]),
    issuer: 'https://on-record.example',
    audience: CONNECTOR,
    now: NOW / 1_000,
    isSeen: () => false,
    isRedeemed: () => true,
    executor: action.executor,
    thumbprint: thumbprint(executorKey),
    actionDigest: actionDigest(action),
    isRevoked: () => false,
  }
})

describe('a warrant as issued', () => {
  it('passes the check of the connector that it is for, and names everything that the record asks', async () => {
    const verdict = checkWarrant(await issueWarrant(input, key), context)
    expect(verdict).toEqual({
      warrant: {
        header: { typ: 'onrecord-warrant+jwt', alg: 'ES256', kid: 'warrant-1' },
        claims: {
          iss: 'https://on-record.example',
          sub: 'usr_ada',
          act: { sub: 'nhi_executor-postgres' },
          aud: CONNECTOR,
          iat: 1772438675,
          nbf: 1772438675,
          exp: 1772438795,
          jti: input.jti,
          txn: 'req_1',
          case: 'case_1',
          cnf: { jkt: thumbprint(executorKey) },
          authorization_details: [
            {
              type: 'onrecord_action',
              actions: ['postgres.rotate-password'],
              locations: [CONNECTOR],
              identifier: 'postgres:svc_orders',
              action_digest: actionDigest(action),
            },
          ],
          approvals: [{ id: 'apr_1', sub: 'usr_chiara' }],
        },
      },
    })
  })

  it('C50: lives 120 seconds, never more than 300, and never longer than its action', () => {
    const life = (more: Partial<WarrantInput>) => {
      const { iat, exp } = warrantClaims({ ...input, ...more })
      return exp - iat
    }
    expect(life({})).toBe(120)
    expect(life({ lifetime: 300 })).toBe(300)
    expect(() => life({ lifetime: 301 })).toThrow(RangeError)
    expect(() => life({ lifetime: 0 })).toThrow(RangeError)
    expect(life({ action: { ...action, expires_at: '2026-03-02T08:05:00.000Z' } })).toBe(25)
    expect(() => life({ action: { ...action, expires_at: '2026-03-02T08:04:35.000Z' } })).toThrow('expired')
    expect(() => life({ action: { ...action, not_before: '2026-03-02T08:04:36.000Z' } })).toThrow(
      'may not start',
    )
  })

  it('C49: allows exactly the one action that was approved, whatever the action', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcdefgh_'), minLength: 1, maxLength: 12 })
    const anyAction = fc.record({
      kind: fc.constantFrom(...ACTION_KINDS),
      params: fc.dictionary(
        word,
        fc.oneof(
          fc.string().filter((text) => text.isWellFormed()),
          fc.integer(),
          fc.boolean(),
        ),
        { noNullPrototype: true },
      ),
      account: word,
      connector: word.map((name) => `https://${name}.example/connectors/${name}`),
      executor: word,
    })
    fc.assert(
      fc.property(anyAction, ({ account, ...rest }) => {
        const approved: Action = { ...action, ...rest, target: { ...action.target, account } }
        const claims = warrantClaims({ ...input, action: approved })
        expect(claims).toMatchObject({ aud: rest.connector, act: { sub: rest.executor } })
        expect(claims.authorization_details).toEqual([
          {
            type: 'onrecord_action',
            actions: [rest.kind],
            locations: [rest.connector],
            identifier: `postgres:${account}`,
            action_digest: actionDigest(approved),
          },
        ])
      }),
    )
  })

  it('shows no private half of its key', async () => {
    expect(Object.keys(publicJwks([key]).keys[0] ?? {}).sort()).toEqual([
      'alg',
      'crv',
      'kid',
      'kty',
      'use',
      'x',
      'y',
    ])
  })
})

describe('C53: what is not a warrant of ours', () => {
  const header = () => ({ typ: 'onrecord-warrant+jwt', alg: 'ES256', kid: key.kid })
  const sign = async (claims: object, protectedHeader: object, signingKey: JWK = key) =>
    new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
      .setProtectedHeader(protectedHeader as { alg: string })
      .sign(await importJWK(signingKey, 'ES256'))
  const refused = (jwt: string, more: Partial<WarrantContext> = {}) => {
    const verdict = checkWarrant(jwt, { ...context, ...more })
    return 'refused' in verdict ? verdict.refused : 'accepted'
  }

  it('alg none', async () => {
    const jwt = new UnsecuredJWT({ ...warrantClaims(input) }).encode()
    expect(refused(jwt)).not.toBe('accepted')
    const head = Buffer.from(JSON.stringify({ ...header(), alg: 'none' })).toString('base64url')
    const [, body = '', signature = ''] = (await issueWarrant(input, key)).split('.')
    expect(refused(`${head}.${body}.${signature}`)).toBe('wrong_algorithm')
  })

  it('HS256 with the public key as the secret', async () => {
    const secret = new TextEncoder().encode(JSON.stringify(publicJwks([key]).keys[0]))
    const jwt = await new SignJWT({ ...warrantClaims(input) })
      .setProtectedHeader({ ...header(), alg: 'HS256' })
      .sign(secret)
    expect(refused(jwt)).toBe('wrong_algorithm')
  })

  it.each(['jwk', 'jku', 'x5u', 'x5c'])('a header %s that brings its own key', async (name) => {
    const own = keyPair(key.kid)
    const value =
      name === 'jwk' ? publicJwks([own]).keys[0] : name === 'x5c' ? ['AA=='] : 'https://evil.example/jwks'
    expect(refused(await sign(warrantClaims(input), { ...header(), [name]: value }, own))).toBe(
      'forbidden_header',
    )
  })

  it('an id_token or access token, even one signed with the same key', async () => {
    for (const typ of ['JWT', 'at+jwt', 'dpop+jwt'])
      expect(refused(await sign(warrantClaims(input), { ...header(), typ }))).toBe('wrong_type')
    const { typ: _, ...untyped } = header()
    expect(refused(await sign(warrantClaims(input), untyped))).toBe('wrong_type')
  })

  it('C56: a warrant for another connector or environment, or for two', async () => {
    const staging = await issueWarrant(
      { ...input, action: { ...action, connector: `${CONNECTOR}-staging` } },
      key,
    )
    expect(refused(staging)).toBe('wrong_audience')
    const two = { ...warrantClaims(input), aud: [CONNECTOR, `${CONNECTOR}-staging`] }
    expect(refused(await sign(two, header()))).toBe('malformed_claims')
    expect(refused(await sign({ ...warrantClaims(input), aud: [CONNECTOR] }, header()))).toBe(
      'malformed_claims',
    )
  })

  it('one that has expired, one of the future, one that lives too long', async () => {
    const jwt = await issueWarrant(input, key)
    expect(refused(jwt, { now: NOW / 1_000 + 121 })).toBe('expired')
    expect(refused(jwt, { now: NOW / 1_000 - 2 })).toBe('not_yet_valid')
    const claims = warrantClaims(input)
    expect(refused(await sign({ ...claims, exp: claims.iat + 301 }, header()))).toBe('lifetime_too_long')
    expect(refused(await sign({ ...claims, exp: String(claims.exp) }, header()))).toBe('malformed_claims')
  })

  it('one signed with a key that is not published, or with one that has the same id', async () => {
    expect(refused(await issueWarrant(input, keyPair('warrant-2')))).toBe('unknown_key')
    expect(refused(await issueWarrant(input, keyPair(key.kid)))).toBe('bad_signature')
  })

  it('C52: a stolen one, in the hands of another executor or of another key', async () => {
    const jwt = await issueWarrant(input, key)
    expect(refused(jwt, { executor: 'nhi_executor-github' })).toBe('wrong_actor')
    expect(refused(jwt, { thumbprint: thumbprint(keyPair('thief')) })).toBe('wrong_confirmation')
  })

  it('one for another action, or for this one with a single parameter changed', async () => {
    const jwt = await issueWarrant(input, key)
    expect(refused(jwt, { actionDigest: actionDigest({ ...action, params: { end_sessions: false } }) })).toBe(
      'wrong_action',
    )
  })

  it('C51: one that was seen before, was not redeemed, or was revoked', async () => {
    const jwt = await issueWarrant(input, key)
    expect(refused(jwt, { isSeen: () => true })).toBe('already_seen')
    expect(refused(jwt, { isRedeemed: () => false })).toBe('not_redeemed')
    expect(refused(jwt, { isRevoked: () => true })).toBe('revoked')
  })
})
