import { describe, expect, it, test } from 'vitest'
import { ACTION_KINDS, RISK_TIERS } from '../action/event'
import { ENVIRONMENTS, PRIVILEGES } from '../nhi/event'
import { assuranceOf, type Change, quorumFor, RISK_TABLE, tierOf } from './requirements'
import { riskTable } from './risk-table'

const rotation: Change = {
  kind: 'postgres.rotate-password',
  privilege: 'write',
  environment: 'production',
  reversible: true,
}

describe('the risk tier of a change', () => {
  const tiers: readonly [string, Partial<Change>, string][] = [
    ['reversible, outside production', { environment: 'staging' }, 'low'],
    ['reversible, in production', {}, 'medium'],
    ['hard to reverse, anywhere', { reversible: false, environment: 'development' }, 'high'],
    ['of a privileged target', { privilege: 'admin', environment: 'development' }, 'high'],
    ['of a tier-0 target', { privilege: 'tier-0', environment: 'development' }, 'critical'],
  ]
  test.each(tiers)('%s', (_name, changes, tier) => {
    expect(tierOf({ ...rotation, ...changes })).toBe(tier)
  })
  it('is critical when the kind can never be undone', () => {
    const kinds = { ...RISK_TABLE.kinds, 'postgres.disable-login': 'irreversible' as const }
    expect(tierOf({ ...rotation, kind: 'postgres.disable-login' }, { ...RISK_TABLE, kinds })).toBe('critical')
  })
  it('is read only for a kind that changes nothing', () => {
    const kinds = { ...RISK_TABLE.kinds, 'postgres.disable-login': 'none' as const }
    expect(tierOf({ ...rotation, kind: 'postgres.disable-login' }, { ...RISK_TABLE, kinds })).toBe('read')
  })
  it('C03 asks somebody for every kind, privilege, environment and reversibility there is', () => {
    for (const kind of ACTION_KINDS)
      for (const privilege of PRIVILEGES)
        for (const environment of ENVIRONMENTS)
          for (const reversible of [true, false]) {
            const { quorum } = quorumFor(tierOf({ kind, privilege, environment, reversible }), {})
            expect(quorum.approvals).toBeGreaterThan(0)
          }
  })
})

describe('what a tier demands', () => {
  it('is the table that everybody knows', () => {
    expect(
      RISK_TIERS.map((tier) => Object.values(quorumFor(tier, {}).quorum).concat(quorumFor(tier, {}).hours)),
    ).toEqual([
      [0, false, 'session', 'read', 24],
      [1, false, 'session', 'low', 24],
      [1, false, 'fresh', 'medium', 8],
      [1, true, 'passkey', 'high', 4],
      [2, true, 'passkey', 'critical', 1],
    ])
  })
  it('C08 is that the provider vouches for a medium risk, where there is one', () => {
    const asked = RISK_TIERS.map((tier) => quorumFor(tier, { provider: true }).quorum.assurance)
    expect(asked).toEqual(['session', 'session', 'vouched', 'passkey', 'passkey'])
  })
  it('is the most when the tier is unknown', () => {
    expect(assuranceOf('unheard-of')).toBe('passkey')
  })
})

describe('C03 a risk table is refused', () => {
  const tiers = (name: (typeof RISK_TIERS)[number], demand: object) => () =>
    riskTable({
      ...RISK_TABLE,
      tiers: { ...RISK_TABLE.tiers, [name]: { ...RISK_TABLE.tiers[name], ...demand } },
    })

  test.each(['low', 'medium', 'high', 'critical'] as const)('when the tier %s asks nobody', (tier) => {
    expect(tiers(tier, { approvals: 0 })).toThrow(`the tier "${tier}" changes something and asks nobody.`)
  })
  it('when a tier claims to change nothing, to ask nobody', () => {
    expect(tiers('low', RISK_TABLE.tiers.read)).toThrow('the tier "low" is for what changes something.')
  })
  it('when a higher tier asks for less than a lower one', () => {
    expect(tiers('high', { assurance: 'session' })).toThrow('"high" asks for less than "medium"')
    expect(tiers('critical', { owner: false })).toThrow('"critical" asks for less than "high"')
    expect(tiers('critical', { hours: 5 })).toThrow('"critical" asks for less than "high"')
  })
  it('when it calls a change harmless', () => {
    const reversibility = { ...RISK_TABLE.reversibility, reversible: 'read' }
    expect(() => riskTable({ ...RISK_TABLE, reversibility })).toThrow('"reversible" contradicts')
  })
  it('when a kind is missing, or a field is there that nobody reads', () => {
    const { 'postgres.rotate-password': _, ...kinds } = RISK_TABLE.kinds
    expect(() => riskTable({ ...RISK_TABLE, kinds })).toThrow(/not complete/)
    expect(() => riskTable({ ...RISK_TABLE, automatic: true })).toThrow(/not complete/)
  })
})
