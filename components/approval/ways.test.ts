import { describe, expect, it } from 'vitest'
import type { StatementView } from '@/lib/act/view/action'
import type { Offer } from '@/lib/act/view/who'
import { waysToApprove } from './ways'

const key = { credential_id: 'AAAA', name: 'Laptop', transports: [] }
const ways = (
  assurance: 'session' | 'fresh' | 'vouched' | 'passkey',
  code: string | null,
  { keys = [key], status = 'awaiting-approval', provider = false } = {},
) => {
  const offer: Offer = {
    command: 'approveAction',
    open: code === null,
    reason: code ? `no: ${code}` : '',
    code,
  }
  const action = { status, quorum: { assurance }, offers: [offer] }
  return waysToApprove({ action, passkeys: keys, provider } as unknown as StatementView)
}

describe('the ways to approve', () => {
  it('C08 of a high risk: a passkey, and nothing less', () => {
    expect(ways('passkey', 'assurance_required')).toEqual({
      passkey: null,
      session: undefined,
      lacksKey: false,
      signInAgain: false,
      vouched: false,
    })
  })
  it('of a high risk without a passkey: none, and where to get one', () => {
    expect(ways('passkey', 'assurance_required', { keys: [] })).toMatchObject({
      passkey: undefined,
      session: expect.stringContaining('assurance_required'),
      lacksKey: true,
    })
  })
  it('C08 of a medium risk with a provider: it vouches for exactly this, however old the sign-in is', () => {
    const found = { passkey: undefined, session: null, signInAgain: false, vouched: true }
    expect(ways('fresh', null, { keys: [], provider: true })).toMatchObject(found)
    expect(ways('fresh', 'assurance_required', { keys: [], provider: true })).toMatchObject(found)
    expect(ways('fresh', 'forbidden', { keys: [], provider: true }).session).toContain('forbidden')
    expect(ways('session', null, { keys: [], provider: true }).vouched).toBe(false)
    expect(ways('passkey', 'assurance_required', { keys: [], provider: true }).vouched).toBe(false)
  })
  it('C08 of a request that asks for it: the provider, or a passkey, and a passkey alone once there is no provider any more', () => {
    const vouched = { session: null, signInAgain: false, lacksKey: false, vouched: true }
    expect(ways('vouched', 'assurance_required', { keys: [], provider: true })).toMatchObject(vouched)
    expect(ways('vouched', 'assurance_required', { provider: true })).toMatchObject({
      ...vouched,
      passkey: null,
    })
    const gone = { session: expect.any(String), signInAgain: false, lacksKey: true, vouched: false }
    expect(ways('vouched', 'assurance_required', { keys: [] })).toMatchObject(gone)
    expect(ways('vouched', 'assurance_required')).toMatchObject({ passkey: null, session: undefined })
  })
  it('of a medium risk: a passkey for who has one, and the fresh sign-in', () => {
    expect(ways('fresh', null)).toMatchObject({ passkey: null, session: null })
    expect(ways('fresh', 'assurance_required')).toMatchObject({ passkey: null, session: expect.any(String) })
    expect(ways('fresh', null)).toMatchObject({ signInAgain: false })
    expect(ways('fresh', null, { keys: [] })).toMatchObject({ passkey: undefined, session: null })
  })
  it('C08 with a sign-in that is too old: to sign in again, unless the risk asks for a passkey', () => {
    expect(ways('fresh', 'assurance_required', { keys: [] })).toMatchObject({
      passkey: undefined,
      session: expect.stringContaining('assurance_required'),
      signInAgain: true,
    })
    expect(ways('passkey', 'assurance_required', { keys: [] }).signInAgain).toBe(false)
    expect(ways('fresh', 'separation_of_duties', { keys: [] }).signInAgain).toBe(false)
  })
  it('C02 of one’s own request: none, whatever one holds', () => {
    for (const assurance of ['session', 'fresh', 'passkey'] as const) {
      const { passkey, lacksKey } = ways(assurance, 'separation_of_duties')
      expect(passkey).toContain('separation_of_duties')
      expect(lacksKey).toBe(false)
    }
  })
  it('of what is decided: none', () => {
    expect(ways('passkey', 'stale', { status: 'approved' }).passkey).toBe('There is nothing to decide now.')
  })
})
