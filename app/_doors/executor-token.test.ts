import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GET as work } from '../api/v1/executor/work/route'
import { GET as passkeys } from '../api/v1/passkeys/route'
import { GET as session } from '../api/v1/session/route'
import { assertionOf, call, machineHeaders, newKey } from './doors.test-support'
import { EXECUTOR, type ExecutorTest, openExecutorTest } from './executor.test-support'

let t: ExecutorTest
let access: string
beforeAll(async () => {
  t = await openExecutorTest()
  access = await t.signIn()
})
afterAll(async () => {
  await t?.close()
})

describe('a machine’s access token', () => {
  it('C55 is given for an assertion that its enrolled key signed', async () => {
    const { status, body } = await t.askToken(await assertionOf(EXECUTOR, t.key))
    expect(status).toBe(200)
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 300, scope: 'write' })
    access = body.access_token
  })

  it('C55 C53 is given for no other', async () => {
    const now = Math.floor(Date.now() / 1000)
    const spent = await assertionOf(EXECUTOR, t.key)
    expect((await t.askToken(spent)).status).toBe(200)
    const refused: Record<string, string> = {
      'used before': spent,
      'of another key': await assertionOf(EXECUTOR, newKey()),
      'of the key for sealing': await assertionOf(EXECUTOR, t.executor.enc),
      'for another address': await assertionOf(EXECUTOR, t.key, { aud: 'https://elsewhere.example/token' }),
      'for two addresses': await assertionOf(EXECUTOR, t.key, {
        aud: ['http://localhost:3210/api/v1/token', 'https://elsewhere.example'],
      }),
      'in another name': await assertionOf('nhi_svc-orders', t.key),
      'in two names': await assertionOf(EXECUTOR, t.key, { iss: 'nhi_svc-orders' }),
      expired: await assertionOf(EXECUTOR, t.key, { exp: now - 60 }),
      'that lives too long': await assertionOf(EXECUTOR, t.key, { exp: now + 3_600 }),
      'without an end': await assertionOf(EXECUTOR, t.key, { exp: undefined }),
      'of the future': await assertionOf(EXECUTOR, t.key, { nbf: now + 60 }),
      'made tomorrow': await assertionOf(EXECUTOR, t.key, { iat: now + 86_400 }),
      'without a name': await assertionOf(EXECUTOR, t.key, { jti: undefined }),
      unsigned: `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify({ iss: EXECUTOR, sub: EXECUTOR, aud: 'http://localhost:3210/api/v1/token', exp: now + 60, jti: 'aaaaaaaa' })).toString('base64url')}.`,
      nothing: '',
    }
    for (const [name, assertion] of Object.entries(refused)) {
      const answer = await t.askToken(assertion)
      expect(answer.status, name).toBe(401)
      expect(answer.body, name).toEqual({ error: 'invalid_client' })
    }
  })

  it('C52 is of no use without the key, or with a proof for something else', async () => {
    const path = '/api/v1/executor/work'
    expect((await call(work, path, { headers: { authorization: `Bearer ${access}` } })).status).toBe(401)
    expect((await t.machine(work, path, undefined, { holding: newKey() })).status).toBe(401)
    const proofs = await machineHeaders(access, t.key, 'GET', path)
    expect((await call(work, path, { headers: proofs })).status).toBe(200)
    expect((await call(work, path, { headers: proofs })).status, 'replayed').toBe(401)
    const elsewhere = await machineHeaders(access, t.key, 'GET', '/api/v1/stream')
    expect((await call(work, path, { headers: elsewhere })).status).toBe(401)
    expect(
      (await call(work, path, { headers: await machineHeaders(access, t.key, 'POST', path) })).status,
    ).toBe(401)
  })

  it('C49 shows a machine nobody’s passkeys, its own owner’s neither', async () => {
    const path = '/api/v1/passkeys'
    expect((await t.machine(passkeys, path)).status).toBe(403)
  })

  it('C53 is taken only as what it is', async () => {
    const path = '/api/v1/executor/work'
    for (const other of [
      await assertionOf(EXECUTOR, t.key),
      `${access.slice(0, -4)}AAAA`,
      access.split('.').slice(0, 2).join('.'),
      'x'.repeat(100),
    ]) {
      expect((await t.machine(work, path, undefined, { with: other })).status).toBe(401)
    }
  })

  it('C57 opens no session in a browser', async () => {
    const made = await call(session, '/api/v1/session', { cookie: `on-record=${access}` })
    expect(made.status).toBe(401)
    expect(made.headers.getSetCookie()).toEqual([])
    const answered = await t.machine(work, '/api/v1/executor/work')
    expect(answered.headers.getSetCookie()).toEqual([])
  })
})
