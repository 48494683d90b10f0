import { asc, eq } from 'drizzle-orm'
import type { MemberView } from '@/lib/act/view/person'
import type { Actor, PersonRole } from '@/lib/identity/actor'
import type { Reader } from '../reading'
import { chatAccount, member } from '../schema'

const MOST = 1_000

/** The organisation's people, with their roles and linked chat accounts. */
export function listMembers(reader: Reader, viewer: Pick<Actor, 'org'>): Promise<MemberView[]> {
  return reader.read(viewer, async (reading) => {
    const members = await reading
      .select()
      .from(member)
      .where(eq(member.org, viewer.org))
      .orderBy(asc(member.name))
      .limit(MOST)
    const accounts = await reading
      .select()
      .from(chatAccount)
      .where(eq(chatAccount.org, viewer.org))
      .limit(MOST)
    return members.map(({ id, name, email, roles, team, active }) => ({
      id,
      name,
      kind: 'human',
      email,
      roles: roles as PersonRole[],
      team,
      removed: !active,
      linked: accounts.filter((each) => each.member === id).map(({ platform, user }) => ({ platform, user })),
    }))
  })
}
