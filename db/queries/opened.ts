import type { ErasureFacts } from '@/lib/act/facts'
import { NOTHING_WANTED } from '@/lib/act/facts'
import type { Page } from '@/lib/act/ledger'
import type { Moment } from '@/lib/act/offer'
import type { Covered } from '@/lib/action/in-log'
import type { Case, Hold } from '@/lib/case/case'
import { type Actor, accountable } from '@/lib/identity/actor'
import { withErasing } from '../ledger'
import type { Reader } from '../reading'
import type { Rules } from './moment'
import { type Known, type Names, namesIn } from './names'
import type { NhiFound } from './nhis'
import type { EventRow } from './timeline'

/** A case as a command of this viewer's would find it, and what its page shows beside. */
export type Opened = {
  readonly moment: Moment & { state: Case }
  readonly version: number
  readonly changedAt: string
  /** Its newest events, the oldest of them first. */
  readonly events: readonly EventRow[]
  readonly linked: readonly NhiFound[]
  /** Legal holds of the organisation. */
  readonly everywhere: readonly Hold[]
  /** Members who could give an approval that is still missing. */
  readonly asked: readonly string[]
  /** How far the log covers it; null where none of its actions waits for a warrant. */
  readonly covered: Covered | null
  /** Of everybody whom its state and these events name. */
  readonly names: Names
}

type Found = Omit<Opened, 'moment' | 'version' | 'changedAt' | 'names'> & {
  readonly page: Page
  readonly more: ErasureFacts
  readonly changed_at: string
  readonly names: Known
}

/** These cases, in this order, each with so many of its newest events; those that aren't there for this viewer are left out. One round trip. */
export async function openCases(
  { sql }: Pick<Reader, 'sql'>,
  viewer: Actor,
  rules: Rules,
  ids: readonly string[],
  events: number,
): Promise<Opened[]> {
  const cases = ids.filter((id) => id.startsWith('case_'))
  if (!cases.length) return []
  const wanted = { ...NOTHING_WANTED, members: [accountable(viewer)] }
  const rows = await sql<{ found: Found }[]>`
    select open_cases(${viewer.org}, ${cases}, ${viewer.id}, ${JSON.stringify(wanted)}::text::jsonb, ${events}) as found`
  return rows.map(({ found }) => opened(found, viewer, rules))
}

function opened(
  { page, more, changed_at, names, ...shown }: Found,
  actor: Actor,
  { policies, origin }: Rules,
): Opened {
  const { state: found, now, head, facts, version } = withErasing(page, more)
  const state = found as Case
  const moment = { actor, stream: state.id, state, now, head, facts, policies, origin }
  return { ...shown, moment, version, changedAt: changed_at, names: namesIn(names) }
}
