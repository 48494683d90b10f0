import type { NameOf } from '@/lib/telling/words'
import type { Client } from '../../client'
import { within } from '../../within'

const PROCESSES: Readonly<Record<string, string>> = {
  sys_setup: 'Set-up',
  sys_worker: 'Worker',
  sys_console: 'Console',
  sys_slack: 'Slack door',
  sys_sample: 'Sample data',
}

/** Everybody's name as it is now; who has none is called by their id. */
export function namesOf(sql: Client, org: string): Promise<NameOf> {
  return within(sql, org, async (tx) => {
    const rows = await tx<{ id: string; name: string }[]>`
      select id, name from member where org = ${org} union all select id, name from nhi where org = ${org}`
    const names = new Map(rows.map(({ id, name }) => [id, name]))
    return (id) => (id ? (names.get(id) ?? PROCESSES[id] ?? id) : 'nobody')
  })
}
