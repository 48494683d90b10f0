import { z } from 'zod'
import { ACTION_KINDS, RISK_TIERS, type RiskTier } from '../action/event'
import { ENVIRONMENTS, PRIVILEGES } from '../nhi/event'

const ASSURANCES = ['session', 'fresh', 'passkey'] as const
/** `none` changes no state at all; `hard` can be undone, but not by simply doing the opposite. */
export const REVERSIBILITIES = ['none', 'reversible', 'hard', 'irreversible'] as const

const tier = z.enum(RISK_TIERS)
const demand = z.strictObject({
  changes_state: z.boolean(),
  approvals: z.int().min(0).max(5),
  owner: z.boolean(),
  assurance: z.enum(ASSURANCES),
  /** How long a request of this tier may wait for its approvals and its execution. */
  hours: z.int().min(1).max(168),
})

const schema = z.strictObject({
  version: z.int().min(1),
  tiers: z.record(tier, demand),
  kinds: z.record(z.enum(ACTION_KINDS), z.enum(REVERSIBILITIES)),
  privileges: z.record(z.enum(PRIVILEGES), tier),
  environments: z.record(z.enum(ENVIRONMENTS), tier),
  reversibility: z.record(z.enum(REVERSIBILITIES), tier),
})

/** The risk table: what each tier demands, and which tier each property of a change alone would put it in. */
export type RiskTable = z.output<typeof schema>

/** @throws Error that says in a sentence why this table can't be used: nothing is decided with a table that makes no sense. */
export function riskTable(value: unknown): RiskTable {
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new Error(`The risk table is not complete: ${z.prettifyError(parsed.error)}`)
  const problem = absurdity(parsed.data)
  if (problem) throw new Error(`The risk table is refused: ${problem}`)
  return parsed.data
}

function absurdity(table: RiskTable): string | null {
  if (table.tiers.read.changes_state) return 'the tier "read" is for what changes nothing.'
  for (const [index, name] of RISK_TIERS.entries()) {
    const now = table.tiers[name]
    if (name !== 'read' && !now.changes_state) return `the tier "${name}" is for what changes something.`
    if (now.changes_state && now.approvals < 1) return `the tier "${name}" changes something and asks nobody.`
    const before = RISK_TIERS[index - 1]
    if (before && isWeaker(table, name, before)) return `the tier "${name}" asks for less than "${before}".`
  }
  const harmless = Object.entries(table.reversibility).find(
    ([name, at]) => (name === 'none') !== (at === 'read'),
  )
  return harmless
    ? `only what changes nothing is in the tier "read", and "${harmless[0]}" contradicts that.`
    : null
}

function isWeaker(table: RiskTable, name: RiskTier, before: RiskTier): boolean {
  const [one, other] = [table.tiers[name], table.tiers[before]]
  return (
    one.approvals < other.approvals ||
    Number(one.owner) < Number(other.owner) ||
    ASSURANCES.indexOf(one.assurance) < ASSURANCES.indexOf(other.assurance) ||
    one.hours > other.hours
  )
}
