import { answer, signInFirst } from '@/app/_doors/answer'
import { open, type Visit } from '@/app/_doors/door'
import { mayActLocally } from '@/app/_doors/local'
import { nameOf, who } from '@/app/_doors/who'
import { activeMembers, organisationName } from '@/db/members-sign-in'
import type { Session } from '@/lib/act/view/person'
import type { Actor } from '@/lib/identity/actor'

/** Who is signed in; a visitor learns how to sign in. */
export const GET = open(async (visit) => {
  const found = await who(visit.request, visit.id, visit.doors)
  if ('refused' in found) return answer(found.refused)
  return 'nobody' in found ? visitor(found.nobody, visit) : answer(await sessionOf(found.actor, visit))
})

async function sessionOf(actor: Actor, { doors }: Visit): Promise<Session> {
  const { settings, sql } = doors
  return {
    who: { id: actor.id, name: nameOf(actor), kind: actor.kind },
    roles: actor.kind === 'human' ? [...actor.roles] : [],
    org: { id: actor.org, name: (await organisationName(sql, actor.org)) ?? actor.org },
    auth_time: new Date(actor.auth.auth_time * 1000).toISOString(),
    acr: actor.auth.acr,
    local: settings.localSignIn,
    sample_chat: settings.sampleChat,
  }
}

async function visitor(sentence: string, { request, doors }: Visit): Promise<Response> {
  if (!mayActLocally(request, doors.settings)) return signInFirst(sentence, { local: false })
  const members = await activeMembers(doors.sql, doors.settings.org)
  const people = members.map(({ id, name, roles }) => ({ id, name, roles, about: ABOUT[id] ?? '' }))
  return signInFirst(sentence, { local: true, people })
}

/** The sample organisation's people, in a few words. */
const ABOUT: Readonly<Record<string, string>> = {
  usr_ada: 'Security analyst, on call',
  usr_bruno: 'Security analyst',
  usr_grace: 'Security analyst',
  usr_chiara: 'Approves changes',
  usr_dev: 'Platform engineer, owns most identities',
  usr_ivo: 'Infrastructure, owns the executor',
  usr_esther: 'Auditor',
  usr_farid: 'Administrator',
  usr_hugo: 'Developer who pastes things into chat',
}
