import type { Client } from '../client'

/** The database is behind, or beside, what was published or witnessed: signing on would be a fork. */
export class ForkRefused extends Error {}

/** Where people look when nothing is sealed any more: why the sequencer doesn't sign. */
export async function keepRefusal(sql: Client, org: string, reason: string): Promise<void> {
  await sql`
    insert into log_refusal values (${org}, ${reason}, clock_timestamp())
    on conflict (org) do update set reason = excluded.reason`
}

export async function forgetRefusal(sql: Client, org: string): Promise<void> {
  await sql`delete from log_refusal where org = ${org}`
}
