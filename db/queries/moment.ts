import { sql } from 'drizzle-orm'
import { type ErasureFacts, NOTHING_WANTED } from '@/lib/act/facts'
import type { Page } from '@/lib/act/ledger'
import type { Moment } from '@/lib/act/offer'
import { type Actor, accountable } from '@/lib/identity/actor'
import type { PolicySet } from '@/lib/policy/question'
import { withErasing } from '../ledger'
import type { Reading } from '../reading'

/** What a reader needs besides the database: the rules, so that what they are offered is what they would be granted. */
export type Rules = { readonly policies: PolicySet; readonly origin: string }

/** A stream as a command of this viewer's would find it; null when there is no such stream for them. */
export async function momentOf(
  reading: Reading,
  viewer: Actor,
  stream: string,
  { policies, origin }: Rules,
): Promise<(Moment & { version: number }) | null> {
  const wanted = { ...NOTHING_WANTED, members: [accountable(viewer)] }
  const [row] = await reading.execute<{ page: Page; more: ErasureFacts }>(
    sql`select open_page(${viewer.org}, ${stream}, ${viewer.id}, '', ${JSON.stringify(wanted)}::jsonb) as page,
      erasure_facts(${viewer.org}, ${stream}, '{}') as more`,
  )
  if (!row || row.page.version === 0) return null
  const { state, now, head, facts, version } = withErasing(row.page, row.more)
  return { actor: viewer, stream, state, now, head, facts, policies, origin, version }
}
