import { and, eq, sql } from 'drizzle-orm'
import type { Case } from '@/lib/case/case'
import type { Reading } from '../reading'
import { member } from '../schema'

/** The members who could give an approval that is still missing: who has been asked, by role. */
export async function askable(
  reading: Reading,
  org: string,
  state: Pick<Case, 'requests'>,
): Promise<string[]> {
  if (!state.requests.some((request) => request.phase === 'awaiting-approval')) return []
  const rows = await reading
    .select({ id: member.id })
    .from(member)
    .where(and(eq(member.org, org), member.active, sql`'approver' = any(${member.roles})`))
    .orderBy(member.id)
    .limit(50)
  return rows.map((row) => row.id)
}
