import type { Registry } from '@/lib/registry/registry'
import type { Client } from './client'
import { within } from './within'

export type RegistryPage = { readonly state: Registry; readonly at: Readonly<Record<string, string>> }
export type LogHead = { readonly size: number; readonly root: string; readonly checkpoint_at: string | null }

/** The organisation's registry as it stands, with the time at which each chat was connected. */
export function readRegistry(sql: Client, org: string): Promise<RegistryPage | null> {
  return within(sql, org, async (tx) => {
    const [row] = await tx<
      { state: Registry }[]
    >`select state from stream where org = ${org} and stream = 'registry'`
    const events = await tx<{ at: string; data: Record<string, string> }[]>`
      select utc(at) as at, convert_from(body, 'UTF8')::jsonb -> 'data' as data from event
      where org = ${org} and stream = 'registry' and type = 'chat.connected' order by seq`
    const at = Object.fromEntries(
      events.flatMap(({ at: when, data }) => (data.team ? [[data.team, when]] : [])),
    )
    return row ? { state: row.state, at } : null
  })
}

export function readLogHead(sql: Client, org: string): Promise<LogHead> {
  return within(sql, org, async (tx) => {
    const [row] = await tx<LogHead[]>`
      select h.size::float8 as size, encode(h.root, 'base64') as root, (select utc(max(c.at)) from checkpoint c where c.org = ${org}) as checkpoint_at
      from log_head h where h.org = ${org}`
    return row ?? { size: 0, root: '', checkpoint_at: null }
  })
}
