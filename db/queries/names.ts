import { inArray } from 'drizzle-orm'
import type { Who } from '@/lib/act/view/who'
import type { Reading } from '../reading'
import { member, nhi } from '../schema'

/** Names for ids: of people, of non-human identities, of On Record's own processes. */
export type Names = (id: string) => Who

export async function namesFor(reading: Reading, ids: Iterable<string | null | undefined>): Promise<Names> {
  const wanted = [...new Set([...ids].filter((id): id is string => typeof id === 'string'))]
  const people = wanted.filter((id) => id.startsWith('usr_'))
  const machines = wanted.filter((id) => id.startsWith('nhi_'))
  const found = new Map<string, Who>()
  const [persons, identities] = await Promise.all([
    people.length
      ? reading.select({ id: member.id, name: member.name }).from(member).where(inArray(member.id, people))
      : [],
    machines.length
      ? reading.select({ id: nhi.id, name: nhi.name }).from(nhi).where(inArray(nhi.id, machines))
      : [],
  ])
  for (const row of persons) found.set(row.id, { ...row, kind: 'human' })
  for (const row of identities) found.set(row.id, { ...row, kind: 'nhi' })
  return (id) => found.get(id) ?? unknown(id)
}

const PROCESSES: Readonly<Record<string, string>> = {
  sys_setup: 'Set-up',
  sys_worker: 'Worker',
  sys_api: 'API door',
  sys_console: 'Console',
  sys_slack: 'Slack door',
  sys_sample: 'Sample data',
}

function unknown(id: string): Who {
  if (id.startsWith('usr_')) return { id, name: id, kind: 'human' }
  if (id.startsWith('nhi_')) return { id, name: id, kind: 'nhi' }
  return { id, name: PROCESSES[id] ?? id, kind: 'system' }
}

/** For what may be missing. */
export function whoOrNull(names: Names, id: string | null): Who | null {
  return id === null ? null : names(id)
}
