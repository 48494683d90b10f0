import type { Sql } from 'postgres'
import type { Authority, Work } from '../connector'
import { grantorRole, quoteName, quoteText, warrantRole } from './names'
import { newPassword, scramVerifier } from './scram'
import { atOnce, type Login } from './target'

/**
 * The smallest credential that PostgreSQL offers: a login for this warrant alone, one connection, dead when the warrant is, with ADMIN OPTION on the
 * one role, or the one group, that the action is about. ALTER ROLE also asks for the attribute CREATEROLE, so those kinds have it.
 */
export async function lendRole(sql: Sql, work: Work, { jti, expires }: Authority): Promise<Login> {
  const user = warrantRole(jti)
  const password = newPassword()
  const verifier = await scramVerifier(password)
  const until = new Date(expires).toISOString()
  const name = quoteName(user)
  await atOnce(sql, [
    `create role ${name} login ${needsCreateRole(work) ? 'createrole' : 'nocreaterole'} connection limit 1
       password ${quoteText(verifier)} valid until ${quoteText(until)}`,
    `grant onrecord_marker to ${name} with inherit true, set false`,
    authority(work, name),
  ])
  return { user, password }
}

function authority(work: Work, name: string): string {
  switch (work.change.kind) {
    case 'postgres.rotate-password':
    case 'postgres.disable-login':
    case 'postgres.enable-login':
      return `grant ${quoteName(work.action.target.account)} to ${name} with admin true, inherit false, set false`
    case 'postgres.revoke-membership':
    case 'postgres.grant-membership':
      return `grant ${quoteName(grantorRole(work.change.params.group))} to ${name} with inherit true, set false`
  }
}

function needsCreateRole(work: Work): boolean {
  return work.change.kind !== 'postgres.revoke-membership' && work.change.kind !== 'postgres.grant-membership'
}

/** Ends its session, if it still has one, and removes it. */
export async function takeBack(sql: Sql, jti: string): Promise<void> {
  await sql.unsafe(`drop role if exists ${quoteName(warrantRole(jti))}`)
}

/** Roles of warrants that have expired: they can't log in any more, and an interrupted run has left them behind. */
export async function dropExpired(sql: Sql): Promise<number> {
  const rows = await sql<{ name: string }[]>`select rolname as name from pg_catalog.pg_roles
    where rolname ~ '^onrecord_wrt_[0-9a-f]{32}$' and rolvaliduntil < now() - interval '5 seconds'
      and pg_catalog.pg_has_role(oid, 'member with admin option')`
  for (const { name } of rows) await sql.unsafe(`drop role if exists ${quoteName(name)}`)
  return rows.length
}
