import { sql } from 'drizzle-orm'
import type { ActionView } from '@/lib/act/view/action'
import type { Request } from '@/lib/action/action'
import { awaits, type Covered } from '@/lib/action/in-log'
import type { Case } from '@/lib/case/case'
import type { Reading } from '../reading'

/** How far the log covers a case; null, and not asked, where none of its actions waits for a warrant. */
export async function coveredFor(reading: Reading, org: string, state: Case): Promise<Covered | null> {
  if (!state.requests.some(({ phase }) => phase === 'started')) return null
  const [row] = await reading.execute<Covered>(
    sql`select sealed_below(${org}, ${state.id}) as sealed, witnessed_below(${org}, ${state.id}) as witnessed`,
  )
  return row ?? null
}

/** What a started action still waits for, by the very rule that its warrant is refused by. */
export function awaitsOf(request: Request, covered: Covered, now: string): ActionView['awaits'] {
  return request.phase === 'started' ? awaits(request, now, covered) : null
}
