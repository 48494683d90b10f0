import { describe, expect, it } from 'vitest'
import { toBase64Url } from '../base64'
import { concat, utf8 } from '../bytes'
import { sha256Hex } from '../digest'
import { codes, tell, verdictOn as verify } from '../story.test-support'
import { CASE, EXECUTOR, ORIGIN, record, WARRANTS, type World } from '../world.test-support'
import { approve, issue } from '../world-acts.test-support'

// The signature itself is good, and so is everything around it: what was signed is not what has to be signed.

type Ceremony = NonNullable<Parameters<typeof approve>[1]['ceremony']>

const ceremonies: [what: string, ceremony: Ceremony, code: string][] = [
  ['no JSON was signed', { client: () => 'approve' }, 'malformed_client_data'],
  [
    'the passkey was made, not used',
    { client: (said) => ({ ...said, type: 'webauthn.create' }) },
    'wrong_type',
  ],
  [
    'another statement was signed',
    { client: (said) => ({ ...said, challenge: toBase64Url(utf8('another')) }) },
    'wrong_challenge',
  ],
  [
    'it was signed on another site',
    { client: (said) => ({ ...said, origin: 'https://evil.example' }) },
    'wrong_origin',
  ],
  [
    'it was signed in a frame of another site',
    { client: (said) => ({ ...said, crossOrigin: true }) },
    'cross_origin',
  ],
  [
    'it was signed below another site',
    { client: (said) => ({ ...said, topOrigin: ORIGIN }) },
    'cross_origin',
  ],
  [
    'the authenticator said too little',
    { auth: (data) => data.subarray(0, 36) },
    'malformed_authenticator_data',
  ],
  [
    'the key was asked for another name',
    { auth: (data) => concat(new Uint8Array(32), data.subarray(32)) },
    'wrong_rp_id',
  ],
  [
    'nobody touched the key',
    { auth: (data) => concat(data.subarray(0, 32), new Uint8Array([0x04, 0, 0, 0, 1])) },
    'user_not_present',
  ],
  [
    'nobody unlocked the key',
    { auth: (data) => concat(data.subarray(0, 32), new Uint8Array([0x01, 0, 0, 0, 1])) },
    'user_not_verified',
  ],
  [
    'the key claims an impossible backup',
    { auth: (data) => concat(data.subarray(0, 32), new Uint8Array([0x15, 0, 0, 0, 1])) },
    'backup_state_impossible',
  ],
]

describe('an approval by passkey', () => {
  it.each(ceremonies)('C09: is refused where %s', async (_, ceremony, code) => {
    const world = tell({ 'bob approves': (w) => approve(w, { approver: 'usr_bob', ceremony }) })
    expect(codes(await verify(world))).toEqual([`approval.${code}`, 'warrant.quorum_not_met'])
  })

  it('C02: is refused from the executor itself', async () => {
    const world = tell({
      'bob approves': (w) => approve(w, { approver: EXECUTOR, credential: 'cred_usr_bob' }),
    })
    expect(codes(await verify(world))).toContain('approval.by_executor')
  })
})

const part = (value: object) => toBase64Url(utf8(JSON.stringify(value)))
const HEADER = { typ: 'onrecord-warrant+jwt', alg: 'EdDSA', kid: 'warrants-1' }

/** The warrant as it would be, re-spelled and signed again with the right key; on record by its own digest. */
const issued = (spell: (head: string, claims: string) => string) => (w: World) => {
  issue(w)
  const [, claims = ''] = w.warrants.get('wrt_1')?.split('.') ?? []
  const jwt = spell(part(HEADER), claims)
  w.warrants.set('wrt_1', jwt)
  w.log.pop()
  record(w, CASE, 'svc_onrecord', 'warrant.issued', {
    request: 'req_1',
    jti: 'wrt_1',
    warrant_sha256: sha256Hex(jwt),
  })
}
const signed = (head: string, claims: string) =>
  `${head}.${claims}.${toBase64Url(WARRANTS.sign(utf8(`${head}.${claims}`)))}`
const headed = (header: object) => issued((_, claims) => signed(part({ ...HEADER, ...header }), claims))

const warrants: [what: string, issued: (w: World) => void, code: string][] = [
  ['it is endless', issued((head, claims) => signed(head, claims + 'A'.repeat(8_192))), 'too_large'],
  ['it has no three parts', issued((head, claims) => `${head}.${claims}`), 'malformed'],
  ['it is a token for something else', headed({ typ: 'JWT' }), 'wrong_type'],
  ['it says that it needs no signature', headed({ alg: 'none' }), 'wrong_algorithm'],
  ['it brings its own key', headed({ jwk: {} }), 'forbidden_header'],
  ['it names a key that nobody knows', headed({ kid: 'warrants-9' }), 'unknown_key'],
  [
    'its signature is another’s',
    issued((head, claims) => signed(head, claims).replace(/.{86}$/, 'A'.repeat(86))),
    'bad_signature',
  ],
  ['it says nothing', issued((head) => signed(head, part({}))), 'malformed_claims'],
]

describe('a warrant', () => {
  it.each(warrants)('C53: is refused where %s', async (_, tampered, code) => {
    expect(codes(await verify(tell({ issued: tampered })))).toEqual([`warrant.${code}`])
  })
})
