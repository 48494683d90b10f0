import shipped from '../../policies/risk-tiers.json' with { type: 'json' }
import { type ActionKind, type Quorum, RISK_TIERS, type RiskTier } from '../action/event'
import type { Authentication } from '../identity/actor'
import type { Environment, Privilege } from '../nhi/event'
import { REVERSIBILITIES, type RiskTable, riskTable } from './risk-table'

/** The risk table of this build; `loadPolicies` refuses a bundle that holds another one. Checked when this file is first read. */
export const RISK_TABLE: RiskTable = riskTable(shipped)

export type Change = {
  readonly kind: ActionKind
  readonly privilege: Privilege
  readonly environment: Environment
  /** False when the dry run, or the connector, found that this change can't simply be taken back. */
  readonly reversible: boolean
}

/** The highest of the tiers that the change's properties ask for: nothing lowers a risk, each property can raise it. */
export function tierOf(change: Change, table: RiskTable = RISK_TABLE): RiskTier {
  const kind = table.kinds[change.kind]
  if (kind === 'none') return 'read'
  const reversibility = change.reversible ? kind : worse(kind, 'hard')
  return highest(
    table.reversibility[reversibility],
    table.privileges[change.privilege],
    table.environments[change.environment],
  )
}

/**
 * Who must approve a change of this tier, and how many hours the request stands.
 * @param auth of whoever asks: where the organisation has a provider, it has to sign for what a fresh sign-in is to approve
 */
export function quorumFor(
  tier: RiskTier,
  { provider = false }: Pick<Authentication, 'provider'>,
  table: RiskTable = RISK_TABLE,
): { quorum: Quorum; hours: number } {
  const { approvals, owner, assurance, hours } = table.tiers[tier]
  const least = assurance === 'fresh' && provider ? 'vouched' : assurance
  return { quorum: { approvals, owner, assurance: least, tier }, hours }
}

/** What an approval of this tier must prove; a tier that the table doesn't know asks for the most. */
export function assuranceOf(
  tier: string,
  table: RiskTable = RISK_TABLE,
): RiskTable['tiers'][RiskTier]['assurance'] {
  const known = RISK_TIERS.find((each) => each === tier)
  return known ? table.tiers[known].assurance : 'passkey'
}

function highest(...tiers: RiskTier[]): RiskTier {
  return RISK_TIERS[Math.max(...tiers.map((tier) => RISK_TIERS.indexOf(tier)))] ?? 'critical'
}

type Reversibility = (typeof REVERSIBILITIES)[number]

function worse(one: Reversibility, other: Reversibility): Reversibility {
  return REVERSIBILITIES.indexOf(one) > REVERSIBILITIES.indexOf(other) ? one : other
}
