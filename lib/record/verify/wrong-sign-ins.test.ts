import { afterEach, describe, expect, it, vi } from 'vitest'
import { utf8 } from '../bytes'
import { type IdTokenAlgorithm, softIssuer } from '../issuer.test-support'
import { bobSignsIn, codes, type Telling, tell, verdictOn as verify } from '../story.test-support'
import type { World } from '../world.test-support'
import { approve, identify, request } from '../world-acts.test-support'
import { CLIENT_ID, type SigningIn } from '../world-proofs.test-support'

// Bob has no passkey: he signs in again for exactly what he approves. Everything else is as it should be.

const QUORUM = 'warrant.quorum_not_met'
const bob = (signIn: SigningIn, change?: (kept: Kept) => Partial<Kept>): Telling => {
  const told = bobSignsIn(signIn)
  return {
    ...told,
    'bob approves': (world) => {
      told['bob approves']?.(world)
      if (change) repack(world, change)
    },
  }
}

type Kept = { readonly idToken: Uint8Array; readonly issuerJwks: Uint8Array }

/** What is packed is not what was recorded. */
function repack(world: World, change: (kept: Kept) => Partial<Kept>): void {
  const files = world.approvals.get('apr_usr_bob')
  if (!files?.oidc) throw new Error('Bob has not signed in')
  world.approvals.set('apr_usr_bob', { ...files, oidc: { ...files.oidc, ...change(files.oidc) } })
}

const seconds = (time: string) => Date.parse(time) / 1_000
const issuer = softIssuer()
const other = softIssuer()
const onCurve = softIssuer('ES256')

const good: [what: string, signIn: SigningIn][] = [
  ...(['RS256', 'PS256', 'ES256', 'EdDSA'] as const).map((alg): [string, SigningIn] => [
    `an issuer that signs with ${alg}`,
    { issuer: softIssuer(alg satisfies IdTokenAlgorithm) },
  ]),
  ['a list of one audience', { claims: { aud: [CLIENT_ID] } }],
  ['several audiences, issued to this one', { claims: { aud: ['other', CLIENT_ID], azp: CLIENT_ID } }],
  ['other keys beside the one', { issuer, keys: [{ kty: 'EC', kid: 'more' }, issuer.jwk] }],
  [
    'a key that does not say what it is for',
    { issuer, keys: [{ ...issuer.jwk, alg: undefined, use: undefined }] },
  ],
  ['an issuer whose clock is 50 s behind', { claims: { auth_time: seconds('2026-03-02T08:00:09Z') - 50 } }],
]

const NOT_TIED = 'approval.account_not_tied'
const MISMATCH = 'approval.id_token_mismatch'
const SIGNATURE = 'approval.id_token_bad_signature'
const STALE = 'approval.sign_in_stale'

const crimes: [what: string, telling: Telling, codes: string[]][] = [
  ['the sign-in was for another statement', bob({ claims: { nonce: 'another' } }), ['approval.wrong_nonce']],
  ['the sign-in was for nothing', bob({ claims: { nonce: undefined } }), ['approval.wrong_nonce']],
  ['another person signed in', bob({ claims: { sub: 'subject of usr_erin' } }), [NOT_TIED, MISMATCH]],
  ['another issuer vouches', bob({ claims: { iss: 'https://login.evil' } }), [NOT_TIED, MISMATCH]],
  ['the sign-in was to another program', bob({ claims: { aud: 'wiki' } }), [MISMATCH]],
  [
    'one of several audiences, and nobody says which',
    bob({ claims: { aud: ['wiki', CLIENT_ID] } }),
    [MISMATCH],
  ],
  ['the sign-in was issued to another program', bob({ claims: { azp: 'wiki' } }), [MISMATCH]],
  ['the record does not say who signed in', bob({ said: { subject: null } }), [MISMATCH]],
  ['the sign-in is from before', bob({ claims: { auth_time: seconds('2026-03-02T07:59:00Z') } }), [STALE]],
  [
    'the sign-in is from afterwards',
    bob({ claims: { auth_time: seconds('2026-03-02T08:02:00Z') } }),
    [STALE],
  ],
  ['nobody says when the sign-in was', bob({ claims: { auth_time: undefined } }), [STALE]],
  ['the time of the sign-in is a text', bob({ claims: { auth_time: '1772438409' } }), [STALE]],
  ['somebody else signed the token', bob({ issuer: other, keys: [issuer.jwk] }), [SIGNATURE]],
  ['the token names no key', bob({ header: { kid: undefined } }), [SIGNATURE]],
  ['the token names a key that is not there', bob({ header: { kid: 'unknown' } }), [SIGNATURE]],
  ['two keys have one name', bob({ issuer, keys: [issuer.jwk, other.jwk] }), [SIGNATURE]],
  ['the token is signed by nobody', bob({ header: { alg: 'none' } }), [SIGNATURE]],
  ['the token is signed with a shared secret', bob({ header: { alg: 'HS256' } }), [SIGNATURE]],
  ['the token says another algorithm than its key', bob({ issuer, header: { alg: 'PS256' } }), [SIGNATURE]],
  ['the key is another kind than the token says', bob({ issuer, keys: [{ ...onCurve.jwk }] }), [SIGNATURE]],
  ['the key is for something else', bob({ issuer, keys: [{ ...issuer.jwk, use: 'enc' }] }), [SIGNATURE]],
  [
    'the key is too short to mean anything',
    bob({ issuer, keys: [{ ...issuer.jwk, n: 'AQAB' }] }),
    [SIGNATURE],
  ],
  ['the key is no number', bob({ issuer, keys: [{ ...issuer.jwk, e: 'AA' }] }), [SIGNATURE]],
  ...['jku', 'x5u', 'jwk', 'crit'].map((name): [string, Telling, string[]] => [
    `the token chooses for itself, with ${name}`,
    bob({ header: { [name]: 'https://evil.example/keys' } }),
    [SIGNATURE],
  ]),
  [
    'the token is replaced',
    bob({ issuer }, ({ idToken }) => ({ idToken: idToken.with(-10, idToken.at(-10) === 65 ? 66 : 65) })),
    ['approval.id_token_altered', SIGNATURE],
  ],
  [
    'the token is no token',
    bob({}, () => ({ idToken: utf8('signed, Bob') })),
    ['approval.id_token_altered', SIGNATURE],
  ],
  [
    'the issuer’s keys are replaced',
    bob({ issuer }, () => ({ issuerJwks: utf8(JSON.stringify({ keys: [issuer.jwk], more: true })) })),
    ['approval.id_token_altered'],
  ],
  [
    'the issuer’s keys are no keys',
    bob({}, () => ({ issuerJwks: utf8('[') })),
    ['approval.id_token_altered', SIGNATURE],
  ],
  [
    'the sign-in is left out',
    {
      ...bob({}),
      'bob approves': (world) => {
        approve(world, { approver: 'usr_bob', method: 'oidc-nonce' })
        const files = world.approvals.get('apr_usr_bob')
        if (files)
          world.approvals.set('apr_usr_bob', { approval: files.approval, statement: files.statement })
      },
    },
    ['approval.id_token_missing'],
  ],
  [
    'a passkey was needed',
    {
      ...bob({}),
      requested: (world) => request(world, { quorum: { approvals: 2, owner: false, assurance: 'passkey' } }),
    },
    ['approval.too_weak'],
  ],
]

describe('an approval by signing in again for exactly this', () => {
  it.each(good)('C08: counts with %s', async (_, signIn) => {
    const report = await verify(tell(bob(signIn)))
    expect(codes(report)).toEqual([])
    expect(codes(report, 'note')).toContain('approval.issuer_keys_copied')
    expect(report.verified).toBe(true)
  })

  it('says whose keys have to be compared with whose', async () => {
    const { findings } = await verify(tell(bob({})))
    const note = findings.find(({ code }) => code === 'approval.issuer_keys_copied')
    expect(note?.sentence).toContain('subject of usr_bob at https://login.test/realms/main')
  })

  it.each(crimes)('C08: does not count when %s', async (_, telling, expected) => {
    const report = await verify(tell(telling))
    expect(codes(report)).toEqual([...expected, QUORUM].sort())
    expect(report.verified).toBe(false)
  })

  it('C04: does not count twice when two people approved with one account', async () => {
    const claims = { sub: 'one account' }
    const signIn = { claims, said: { subject: 'one account' } }
    const dana: Telling = {
      'dana enrols': (world) => identify(world, 'usr_dana', 'one account'),
      'dana approves': (world) => approve(world, { approver: 'usr_dana', method: 'oidc-nonce', signIn }),
    }
    const both: Telling = {
      ...bob(signIn),
      'bob enrols': (world) => identify(world, 'usr_bob', 'one account'),
    }
    const found = ['approval.account_of_several', 'approval.shared_account', QUORUM]
    expect(codes(await verify(tell({ ...dana, ...both })))).toEqual(found)
    expect(codes(await verify(tell({ ...dana, ...bob({}) })))).toEqual([])
  })

  describe('where there is no Web Cryptography', () => {
    afterEach(() => {
      vi.unstubAllGlobals()
    })

    it('C08: is not called verified when nobody could check its signature', async () => {
      const world = tell(bob({ issuer }))
      vi.stubGlobal('crypto', {})
      const report = await verify(world)
      expect(codes(report)).toEqual([])
      expect(codes(report, 'not-shown')).toEqual(['approval.id_token_unchecked'])
      expect(report.authenticity).toBe('not-shown')
      expect(report.verified).toBe(false)
    })

    it('C08: is checked all the same where the signature is on a curve', async () => {
      const world = tell(bob({ issuer: onCurve }))
      vi.stubGlobal('crypto', {})
      expect((await verify(world)).verified).toBe(true)
    })
  })
})
