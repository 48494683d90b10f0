import type { Sql } from 'postgres'
import { grantorRole } from './names'

/** What anyone who may log in can see of a role. */
export type RoleFacts = {
  readonly superuser: boolean
  readonly replication: boolean
  readonly bypassrls: boolean
  readonly createrole: boolean
  readonly login: boolean
  readonly owned: number
  readonly memberships: readonly Membership[]
}

/** `plain`: with the rights of the group and the right to act as it, and without the right to grant it to others. */
type Membership = { readonly group: string; readonly grantor: string; readonly plain: boolean }

/** Null when there is no such role. */
export async function lookAt(sql: Sql, role: string): Promise<RoleFacts | null> {
  const [row] = await sql<(Omit<RoleFacts, 'memberships'> & { oid: number })[]>`
    select oid::int, rolsuper as superuser, rolreplication as replication, rolbypassrls as bypassrls, rolcreaterole as createrole,
      rolcanlogin as login, (select count(*)::int from pg_catalog.pg_shdepend d
        where d.refclassid = 'pg_catalog.pg_authid'::regclass and d.refobjid = r.oid and d.deptype = 'o') as owned
    from pg_catalog.pg_roles r where rolname = ${role}`
  if (!row) return null
  const { oid, ...facts } = row
  const memberships = await sql<Membership[]>`
    select g.rolname as "group", b.rolname as grantor, not m.admin_option and m.inherit_option and m.set_option as plain from pg_catalog.pg_auth_members m
    join pg_catalog.pg_roles g on g.oid = m.roleid join pg_catalog.pg_roles b on b.oid = m.grantor
    where m.member = ${oid}::oid order by 1, 2`
  return { ...facts, memberships: [...memberships] }
}

export function isMember(facts: RoleFacts, group: string): boolean {
  return facts.memberships.some((membership) => membership.group === group)
}

export function isPlain(facts: RoleFacts, group: string): boolean {
  return facts.memberships.every((membership) => membership.group !== group || membership.plain)
}

/** Only what was granted through the group's own grantor can be taken back by anybody but a superuser (PostgreSQL 16 and later). */
export function foreignGrantors(facts: RoleFacts, group: string): string[] {
  return facts.memberships
    .filter((membership) => membership.group === group && membership.grantor !== grantorRole(group))
    .map((membership) => membership.grantor)
}

/** How many sessions of the role are open. */
export async function openSessions(sql: Sql, role: string, before = 'infinity'): Promise<number> {
  const [row] = await sql<
    { count: number }[]
  >`select onrecord.sessions(${role}, ${before}::text::timestamptz) as count`
  return row?.count ?? 0
}
