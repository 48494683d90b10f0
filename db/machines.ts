import type { NhiKind } from '@/lib/nhi/event'
import type { EnrolledKey } from '@/lib/nhi/nhi'
import type { Client } from './client'
import { within } from './within'

export type Machine = {
  readonly id: string
  readonly name: string
  readonly kind: NhiKind
  readonly owner: string
}
/** A non-human identity that may act now: enabled, with an active owner, and with this key (its thumbprint) still enrolled. */
export function findMachine(sql: Client, org: string, id: string, kid: string): Promise<Machine | null> {
  return within(sql, org, async (tx) => {
    const [row] = await tx<Machine[]>`
      select n.id, n.name, n.kind, n.owner from nhi n join member m on m.org = n.org and m.id = n.owner
      join stream s on s.org = n.org and s.stream = n.id
      where n.org = ${org} and n.id = ${id} and not n.disabled and m.active
      and s.state -> 'keys' @> ${tx.json([{ kid, use: 'sig', revoked: false }])}`
    return row ?? null
  })
}

/** The keys that are enrolled and not revoked. */
export function enrolledKeys(
  sql: Client,
  org: string,
  nhi: string,
  use: 'sig' | 'enc',
): Promise<EnrolledKey[]> {
  return within(sql, org, async (tx) => {
    const [row] = await tx<{ keys: EnrolledKey[] | null }[]>`
      select state -> 'keys' as keys from stream where org = ${org} and stream = ${nhi} and kind = 'nhi'`
    return (row?.keys ?? []).filter((key) => key.use === use && !key.revoked)
  })
}

/** True the first time that an assertion is shown, false ever after. */
export function spendAssertion(sql: Client, org: string, jti: string, expires: Date): Promise<boolean> {
  return within(sql, org, async (tx) => {
    const rows = await tx`
      insert into used_assertion (org, jti, expires) values (${org}, ${jti}, ${expires.toISOString()}) on conflict do nothing returning 1`
    return rows.length === 1
  })
}

/** The identities whose registered credentials have these fingerprints: fingerprint -> NHI. */
export function nhisOfCredentials(
  sql: Client,
  org: string,
  fingerprints: readonly string[],
): Promise<Record<string, string>> {
  if (!fingerprints.length) return Promise.resolve({})
  return within(sql, org, async (tx) => {
    const rows = await tx<{ fingerprint: string; nhi: string }[]>`
      select fingerprint, nhi from credential where org = ${org} and fingerprint = any(${[...fingerprints]})`
    return Object.fromEntries(rows.map((row) => [row.fingerprint, row.nhi]))
  })
}

/** The executors that act through a connector on this identity's system; of every connector when it isn't known. */
export function executorsFor(sql: Client, org: string, nhi: string | null): Promise<string[]> {
  return within(sql, org, async (tx) => {
    const rows = await tx<{ executor: string }[]>`
      select distinct c.executor from connector c where c.org = ${org}
      and (${nhi}::text is null or c.system = (select n.system from nhi n where n.org = ${org} and n.id = ${nhi}))`
    return rows.map((row) => row.executor)
  })
}

/** Keeps that the machine came just now, and says whether it is its first time on this day (UTC). */
export function sawMachine(sql: Client, org: string, nhi: string, now: Date): Promise<boolean> {
  return within(sql, org, async (tx) => {
    const [row] = await tx<{ before: string | null }[]>`
      with earlier as (select at from machine_seen where org = ${org} and nhi = ${nhi})
      insert into machine_seen (org, nhi, at) values (${org}, ${nhi}, ${now.toISOString()})
      on conflict (org, nhi) do update set at = greatest(machine_seen.at, excluded.at)
      returning (select utc(at) from earlier) as before`
    return row?.before?.slice(0, 10) !== now.toISOString().slice(0, 10)
  })
}

/** When each machine last came: id -> UTC time. */
export function machinesSeen(sql: Client, org: string): Promise<Record<string, string>> {
  return within(sql, org, async (tx) => {
    const rows = await tx<{ nhi: string; at: string }[]>`
      select nhi, utc(at) as at from machine_seen where org = ${org}`
    return Object.fromEntries(rows.map((row) => [row.nhi, row.at]))
  })
}

type Outstanding = { readonly case: string; readonly request: string; readonly jti: string }

/** The warrants that this executor was given and has not redeemed. */
export function outstandingWarrants(sql: Client, org: string, executor: string): Promise<Outstanding[]> {
  return within(sql, org, async (tx) => {
    const rows = await tx<Outstanding[]>`
      select r."case", r.request, each -> 'warrant' ->> 'jti' as jti from case_request r
      join stream s on s.org = r.org and s.stream = r."case", jsonb_array_elements(s.state -> 'requests') as each
      where r.org = ${org} and r.executor = ${executor} and r.phase = 'warranted' and each ->> 'id' = r.request`
    return [...rows]
  })
}
