import { sql } from 'drizzle-orm'
import type { Who } from '@/lib/act/view/who'
import type { Reading } from '../reading'

/** Names for ids: of people, of non-human identities, of On Record's own processes. */
export type Names = (id: string) => Who

export async function namesFor(reading: Reading, ids: Iterable<string | null | undefined>): Promise<Names> {
  const wanted = [...new Set([...ids].filter((id) => typeof id === 'string' && /^(?:usr|nhi)_/.test(id)))]
  if (!wanted.length) return namesIn({})
  const [row] = await reading.execute<{ names: Known }>(sql`select names_of(${sql.param(wanted)}) as names`)
  return namesIn(row?.names ?? {})
}

/** Names by id, as `names_of` finds them. */
export type Known = Readonly<Record<string, string>>

export function namesIn(known: Known): Names {
  const names = new Map(Object.entries({ ...PROCESSES, ...known }))
  return (id) => ({ id, name: names.get(id) ?? id, kind: kindOf(id) })
}

const PROCESSES: Readonly<Record<string, string>> = {
  sys_setup: 'Set-up',
  sys_worker: 'Worker',
  sys_api: 'API door',
  sys_sign_in: 'Sign-in',
  sys_console: 'Console',
  sys_slack: 'Slack door',
  sys_sample: 'Sample data',
}

function kindOf(id: string): Who['kind'] {
  if (id.startsWith('usr_')) return 'human'
  return id.startsWith('nhi_') ? 'nhi' : 'system'
}

/** For what may be missing. */
export function whoOrNull(names: Names, id: string | null): Who | null {
  return id === null ? null : names(id)
}
