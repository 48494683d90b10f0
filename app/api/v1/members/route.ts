import { act } from '@/app/_doors/act'
import { door } from '@/app/_doors/door'
import { REGISTRY } from '@/app/_doors/registry'
import { maySee } from '@/app/_doors/see'
import { listMembers } from '@/db/queries/members'

/** Everybody in the organisation: names that the record speaks of, and who may do what. */
export const GET = door(
  async (asked) =>
    maySee(asked, 'viewCase', 'case') ?? { members: await listMembers(asked.doors.reader, asked.actor) },
)

/** Adds a member. */
export const POST = door((asked) => act(asked, 'registry', REGISTRY, 'add-member'), 201)
