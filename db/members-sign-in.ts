import type { PersonRole } from '@/lib/identity/actor'
import type { Client } from './client'
import { within } from './within'

export type SignIn = {
  readonly issuer: string
  readonly subject: string
  readonly email: string | null
  readonly emailVerified: boolean
}
/** `onRecord`: the record says that this account is theirs; until it does, nothing may rest on it. */
export type Holder =
  | { readonly member: string; readonly onRecord: boolean }
  | { readonly refused: 'unknown' | 'unverified' | 'removed' | 'taken' }

/**
 * The member whom an OpenID provider's account belongs to. The identity is the pair of issuer and subject, never the address:
 * an address only finds an invited member who has no account there yet, or was taken back since, and only when the provider has verified it.
 */
export function holderOf(
  sql: Client,
  org: string,
  { issuer, subject, email, emailVerified }: SignIn,
): Promise<Holder> {
  return within(sql, org, async (tx) => {
    const told = JSON.stringify([{ issuer, subject }])
    const [known] = await tx<{ member: string; active: boolean; on_record: boolean }[]>`
      select a.member, m.active, exists (select from stream s where s.org = a.org and s.stream = 'registry'
        and s.state -> 'accounts' @> ${told}::text::jsonb) as on_record
      from account a join member m on m.org = a.org and m.id = a.member
      where a.org = ${org} and a.issuer = ${issuer} and a.subject = ${subject}`
    if (known)
      return known.active ? { member: known.member, onRecord: known.on_record } : { refused: 'removed' }
    if (email === null) return { refused: 'unknown' }
    const [invited] = await tx<{ id: string; active: boolean; taken: boolean }[]>`
      select m.id, m.active, exists (select 1 from account a where a.org = m.org and a.member = m.id
        and a.issuer = ${issuer} and a.subject <> ${subject} and not exists (select from stream s where s.org = a.org and s.stream = 'registry'
          and s.state -> 'accounts' @> jsonb_build_array(jsonb_build_object('issuer', a.issuer, 'subject', a.subject, 'left', true)))) as taken
      from member m where m.org = ${org} and lower(m.email) = lower(${email})`
    if (!invited) return { refused: 'unknown' }
    if (!emailVerified) return { refused: 'unverified' }
    if (!invited.active) return { refused: 'removed' }
    return invited.taken ? { refused: 'taken' } : { member: invited.id, onRecord: false }
  })
}

export type MemberRow = {
  readonly id: string
  readonly name: string
  readonly roles: PersonRole[]
  readonly active: boolean
}

export function readMember(sql: Client, org: string, member: string): Promise<MemberRow | null> {
  return within(sql, org, async (tx) => {
    const [row] = await tx<
      MemberRow[]
    >`select id, name, roles, active from member where org = ${org} and id = ${member}`
    return row ?? null
  })
}

/** How a platform calls these members, in this order, as far as they have linked their accounts in that workspace. */
export function chatUsersOf(
  sql: Client,
  org: string,
  platform: string,
  team: string,
  members: readonly string[],
): Promise<string[]> {
  return within(sql, org, async (tx) => {
    const rows = await tx<{ user: string }[]>`
      select "user" from chat_account
      where org = ${org} and platform = ${platform} and team = ${team} and member = any(${[...members]})
      order by array_position(${[...members]}::text[], member), "user"`
    return rows.map(({ user }) => user)
  })
}

/** Whom one may sign in as on one's own machine. */
export function activeMembers(sql: Client, org: string): Promise<MemberRow[]> {
  return within(sql, org, async (tx) => [
    ...(await tx<
      MemberRow[]
    >`select id, name, roles, active from member where org = ${org} and active order by name`),
  ])
}

/** The member whom a chat account is linked to, with present roles. */
export function memberOfChat(
  sql: Client,
  org: string,
  platform: string,
  team: string,
  user: string,
): Promise<MemberRow | null> {
  return within(sql, org, async (tx) => {
    const [row] = await tx<MemberRow[]>`
      select m.id, m.name, m.roles, m.active from chat_account c join member m on m.org = c.org and m.id = c.member
      where c.org = ${org} and c.platform = ${platform} and c.team = ${team} and c."user" = ${user} and m.active`
    return row ?? null
  })
}

export function organisationName(sql: Client, org: string): Promise<string | null> {
  return within(sql, org, async (tx) => {
    const [row] = await tx<{ name: string }[]>`select name from organisation where org = ${org}`
    return row?.name ?? null
  })
}
