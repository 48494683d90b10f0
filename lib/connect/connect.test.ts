import type { JWK } from 'jose'
import { describe, expect, it } from 'vitest'
import { ACTION_KINDS } from '../action/event'
import { freshPair } from '../record/fresh-pair.test-support'
import { passwordIn } from './postgres/leaked'
import { quoteName, quoteText, roleName } from './postgres/names'
import { newPassword, scramVerifier } from './postgres/scram'
import { statement } from './postgres/statement'
import { isProblem, parseChange, revertOf } from './schemas'
import { problem, scrubber } from './scrub'
import { open, seal } from './seal'

const newKey = (): JWK => freshPair().privateKey.export({ format: 'jwk' }) as JWK
const publicHalf = ({ kty, crv, x, y }: JWK): JWK => ({ kty, crv, x, y }) as JWK

describe('a sealed secret', () => {
  it('opens with the private key that it was sealed to, and with no other', async () => {
    const key = newKey()
    const jwe = await seal('pässwörd 🗝', publicHalf(key))
    expect(jwe.split('.')).toHaveLength(5)
    expect(await open(jwe, key)).toBe('pässwörd 🗝')
    await expect(open(jwe, newKey())).rejects.toThrow()
    await expect(open(`${jwe.slice(0, -4)}AAAA`, key)).rejects.toThrow()
  })

  it('is never sealed with anything of a private key in its header', async () => {
    const key = newKey()
    const [head = ''] = (await seal('x', key)).split('.')
    expect(Buffer.from(head, 'base64url').toString()).not.toContain(key.d)
  })

  it('is opened in the one way that it is made in', async () => {
    const key = newKey()
    const { CompactEncrypt, importJWK } = await import('jose')
    const other = await new CompactEncrypt(new TextEncoder().encode('x'))
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A128GCM' })
      .encrypt(await importJWK(publicHalf(key), 'ECDH-ES'))
    await expect(open(other, key)).rejects.toThrow()
    await expect(seal('x', { kty: 'OKP', crv: 'X25519', x: key.x } as JWK)).rejects.toThrow('P-256')
  })
})

describe('C58: what a scrubber lets through', () => {
  it.each([
    ['a known secret', 'login with hunter2hunter2 failed'],
    ['a verifier', `near "SCRAM-SHA-256$4096:c2FsdA==$c3RvcmVk:c2VydmVy"`],
    ['a connection string', 'cannot reach postgres://admin:hunter2hunter2@db/orders'],
    ['a token', 'Bearer eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl'],
  ])('is not %s', (_, text) => {
    const scrubbed = scrubber(['hunter2hunter2'])(text)
    expect(scrubbed).not.toMatch(/hunter2|c3RvcmVk|c2lnbmF0dXJl/)
    expect(scrubbed).toMatch(/\[(secret|verifier|token)\]/)
  })

  it('is no query, parameter or detail of a database error', () => {
    const error = Object.assign(new Error('permission denied\nsecond line'), {
      code: '42501',
      query: 'alter role x password hunter2',
      parameters: ['hunter2'],
      detail: 'hunter2',
    })
    expect(problem(error)).toEqual({ code: '42501', sentence: 'permission denied' })
    expect(problem('thrown text')).toEqual({ code: 'ERROR', sentence: 'No reason was given.' })
  })
})

describe('the kinds of change', () => {
  it('C46: take their own parameters and no others', () => {
    for (const kind of ACTION_KINDS) {
      expect(isProblem(parseChange(kind, { nothing_of: 'the kind' }))).toBe(true)
      expect(isProblem(parseChange(kind, null))).toBe(true)
    }
    expect(parseChange('postgres.disable-login', {})).toEqual({
      kind: 'postgres.disable-login',
      params: { end_sessions: false },
    })
    expect(parseChange('postgres.grant-membership', { group: 'Orders' })).toMatchObject({
      field: 'params.group',
    })
    expect(parseChange('__proto__', {})).toMatchObject({ field: 'kind' })
  })

  it('are undone by a kind that is undone by them; only a rotation has no way back', () => {
    for (const kind of ACTION_KINDS) {
      const undo = revertOf({ kind, params: { group: 'orders_writer' } })
      if (kind === 'postgres.rotate-password') expect(undo).toBeNull()
      else expect(undo && revertOf(undo)?.kind).toBe(kind)
    }
  })

  it('are one statement with every name quoted', () => {
    const change = { kind: 'postgres.revoke-membership', params: { group: 'orders_writer' } } as const
    expect(statement(change, 'x"; drop role y; --', null)).toBe(
      'revoke "orders_writer" from "x""; drop role y; --" granted by "onrecord_grants_orders_writer"',
    )
    expect(quoteName('a"b')).toBe('"a""b"')
    expect(quoteText("it's")).toBe("'it''s'")
    expect(() => quoteText('\\')).toThrow()
    expect(() => quoteName('\0')).toThrow()
  })

  it.each(['pg_signal_backend', 'onrecord_executor', 'Upper', 'with space', '1st', 'x'.repeat(64), ''])(
    'take no role named %j',
    (name) => {
      expect(roleName.safeParse(name).success).toBe(false)
    },
  )
})

describe('a password', () => {
  it.each([
    ['plain-Secret=1', 'plain-Secret=1'],
    ['postgres://svc_orders:p%40ss@db.example:5432/orders', 'p@ss'],
    ['postgresql://svc_orders:pw@db/orders?sslmode=require', 'pw'],
    ['PGPASSWORD=s3cret', 's3cret'],
    ['db.password: "s3cret"', 's3cret'],
  ])('is found in %s', (leaked, password) => {
    expect(passwordIn(leaked)).toBe(password)
  })

  it('has the verifier that PostgreSQL would make of it', async () => {
    // The password, salt and iterations of RFC 7677 section 3.
    const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64')
    expect(await scramVerifier('pencil', salt)).toBe(
      'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
    )
    await expect(scramVerifier('pässwörd')).rejects.toThrow('ASCII')
  })

  it('is random, long, and needs no quoting anywhere', () => {
    expect(newPassword()).toMatch(/^[\w-]{43}$/)
    expect(newPassword()).not.toBe(newPassword())
  })
})
