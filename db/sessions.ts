import type { Authentication, PersonRole } from '@/lib/identity/actor'
import type { Client } from './client'
import { together } from './together'
import { within } from './within'

export type NewSession = {
  readonly org: string
  /** SHA-256 of the token, hexadecimal: the token itself is in the browser alone. */
  readonly digest: string
  readonly member: string
  readonly auth: Authentication
  /** Seconds after which it ends, used or not. */
  readonly longest: number
}

export type FoundSession = {
  readonly member: string
  readonly name: string
  readonly roles: readonly PersonRole[]
  readonly auth: Authentication
}

export async function openSession(
  sql: Client,
  { org, digest, member, auth, longest }: NewSession,
): Promise<void> {
  await within(sql, org, async (tx) => {
    await tx`
      insert into session (org, token, member, acr, amr, auth_time, created_at, seen_at, expires)
      values (${org}, ${digest}, ${member}, ${auth.acr}, ${[...auth.amr]}, ${auth.auth_time}, now(), now(), now() + make_interval(secs => ${longest}))`
  })
}

type Token = { readonly org: string; readonly digest: string }

type Row = {
  place: number
  member: string
  name: string
  roles: PersonRole[]
  acr: string
  amr: string[]
  auth_time: number
}

/**
 * Who a session belongs to, with the roles that this person has now; null when it has ended or the person has left. Asked of the
 * database each time, in one statement for all who come at the same time.
 *
 * @param idle seconds after which an unused session ends
 */
export function sessionFinder(sql: Client, idle: number): (token: Token) => Promise<FoundSession | null> {
  return together(async (tokens: readonly Token[]) => {
    const rows = await sql<Row[]>`
      select asked.place::int as place, member, name, roles, acr, amr, auth_time
      from unnest(${tokens.map(({ org }) => org)}::text[], ${tokens.map(({ digest }) => digest)}::text[]) with ordinality as asked(org, digest, place),
        find_session(asked.org, asked.digest, ${idle})`
    const found = new Map(rows.map((row) => [row.place, foundIn(row)]))
    return tokens.map((_, index) => found.get(index + 1) ?? null)
  })
}

function foundIn({ member, name, roles, acr, amr, auth_time }: Row): FoundSession {
  return { member, name, roles, auth: { acr, amr, auth_time } }
}

export async function closeSession(sql: Client, org: string, digest: string): Promise<void> {
  await within(sql, org, async (tx) => {
    await tx`delete from session where org = ${org} and (token = ${digest} or expires < now())`
  })
}

/** Whether a session has not ended and its person has not left; looking is no use of it. `idle` as for `sessionFinder`. */
export function isSignedIn(sql: Client, org: string, digest: string, idle: number): Promise<boolean> {
  return within(sql, org, async (tx) => {
    const found = await tx`
      select from session s join member m on m.org = s.org and m.id = s.member
      where s.org = ${org} and s.token = ${digest} and m.active and s.expires > now()
        and s.seen_at > now() - make_interval(secs => ${idle})`
    return found.length === 1
  })
}
