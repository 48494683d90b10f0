import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { softKey, UP } from '@/lib/record/authenticator.test-support'
import { toBase64Url } from '@/lib/record/base64'
import { GET as history } from '../api/v1/history/route'
import { GET as list } from '../api/v1/passkeys/route'
import { POST as registry } from '../api/v1/registry/[command]/route'
import { call, cookieOf, openTestDoors, type TestDoors } from './doors.test-support'
import { askChallenge, enrolled, made, send } from './passkey.test-support'

let test: TestDoors
let chiara: string
const session = (member: string, ageSeconds = 0) => cookieOf(test.doors, member, { ageSeconds })

beforeAll(async () => {
  test = await openTestDoors()
  chiara = await session('usr_chiara')
})
afterAll(() => test?.close())

const keysOf = async (cookie: string, of = '') =>
  call(list, `/api/v1/passkeys${of ? `?of=${of}` : ''}`, { cookie })
const revoke = (cookie: string, id: Uint8Array, reason: string | null = null) =>
  call(registry, '/api/v1/registry/revoke-passkey', {
    cookie,
    body: { credential_id: toBase64Url(id), reason },
    params: { command: 'revoke-passkey' },
  })
const rulesOnRecord = async () => {
  const { body } = await call(history, '/api/v1/history?type=policy.denied', {
    cookie: await session('usr_esther'),
  })
  return body.rows.map((row: { policy: { rule: string } }) => row.policy.rule)
}

describe('a passkey', () => {
  it('C10 is enrolled by its holder, who is told; it is listed with its use', async () => {
    const key = await enrolled(chiara)
    const { body } = await keysOf(chiara)
    expect(body).toMatchObject({
      holder: { id: 'usr_chiara' },
      origin: 'http://localhost:3210',
      passkeys: [
        {
          ...{ credential_id: toBase64Url(key.credentialId), name: 'Security key', alg: 'ES256' },
          ...{ synced: false, revoked_at: null, last_used_at: null },
        },
      ],
      news: [{ type: 'passkey.enrolled', name: 'Security key', by: { id: 'usr_chiara' } }],
    })
  })

  it('C10 is not enrolled long after the sign-in, nor is a challenge given then', async () => {
    const old = await session('usr_dev', 301)
    const refused = await askChallenge(old)
    expect(refused.status).toBe(401)
    expect(refused.headers.get('www-authenticate')).toContain('max_age')
    expect(refused.body.code).toBe('assurance_required')
  })

  it('C09 is made for a challenge of this session, once', async () => {
    const dev = await session('usr_dev')
    const { challenge } = (await askChallenge(dev)).body
    const other = await session('usr_dev')
    expect((await send(other, made(softKey(), challenge))).body.code).toBe('stale')
    expect((await send(dev, made(softKey(), challenge))).status).toBe(201)
    expect((await send(dev, made(softKey(), challenge))).body.code).toBe('stale')
    for (const forged of [toBase64Url(new Uint8Array(38)), 'AAAA', challenge.slice(0, -2)])
      expect((await send(dev, made(softKey(), forged))).body.code).toBe('stale')
  })

  it('C09 is refused, and the attempt recorded, when its user was not verified or it was made elsewhere', async () => {
    const ivo = await session('usr_ivo')
    const attempt = async (change: object) =>
      send(ivo, made(softKey(), (await askChallenge(ivo)).body.challenge, change))
    expect((await attempt({ flags: UP })).status).toBe(403)
    expect((await attempt({ origin: 'http://127.0.0.1:3210' })).status).toBe(403)
    expect((await attempt({ clientData: { crossOrigin: true } })).status).toBe(403)
    expect(await rulesOnRecord()).toEqual(
      expect.arrayContaining(['passkey.user_not_verified', 'passkey.wrong_origin', 'passkey.cross_origin']),
    )
    expect((await keysOf(ivo)).body.passkeys).toEqual([])
  })

  it('C10 is revoked by its holder or, with a reason, by an administrator; nobody else sees it', async () => {
    const grace = await session('usr_grace')
    const [one, other] = [await enrolled(grace), await enrolled(grace)]
    const bruno = await session('usr_bruno')
    expect((await keysOf(bruno, 'usr_grace')).status).toBe(403)
    expect((await revoke(bruno, one.credentialId, 'I would like to')).status).toBe(403)
    expect((await revoke(await session('usr_grace', 301), one.credentialId)).body.code).toBe(
      'assurance_required',
    )
    expect((await revoke(grace, one.credentialId)).status).toBe(200)
    const farid = await session('usr_farid')
    expect((await revoke(farid, other.credentialId)).body.code).toBe('gate')
    expect((await revoke(farid, other.credentialId, 'She lost her bag.')).status).toBe(200)
    const { body } = await keysOf(farid, 'usr_grace')
    expect(body.passkeys.map((each: { revoked_at: string | null }) => each.revoked_at !== null)).toEqual([
      true,
      true,
    ])
    expect(body.news[0]).toMatchObject({ by: { id: 'usr_farid' }, reason: 'She lost her bag.' })
    expect((await keysOf(farid, 'usr_nobody')).status).toBe(404)
  })
})
