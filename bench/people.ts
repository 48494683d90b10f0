import type { Performing } from '../db/deps'
import { SAMPLE_ORG } from '../db/seed/people'
import { perform } from '../lib/act/perform'
import { isRefusal } from '../lib/act/refusal'
import { type Actor, identified, type PersonRole } from '../lib/identity/actor'
import { systemActor } from '../scripts/system'

const PEOPLE = 32

/** Analysts who join the sample organisation: each client is a person of its own. */
export async function addPeople(deps: Performing): Promise<string[]> {
  const members = Array.from(
    { length: PEOPLE },
    (_, index) => `usr_bench${String(index + 1).padStart(2, '0')}`,
  )
  for (const member of members) {
    const input = {
      member,
      name: `Analyst ${member.slice(-2)}`,
      email: `${member}@halden.example`,
      roles: ['analyst'],
      team: null,
    }
    const order = {
      kind: 'registry',
      stream: 'registry',
      command: 'addMember',
      input,
      key: `bench-${member}`,
    } as const
    const outcome = await perform(deps, systemActor('sys_setup', SAMPLE_ORG), order)
    if (isRefusal(outcome)) throw new Error(`${member} was refused: ${outcome.sentence}`)
  }
  return members
}

/** Through the door, as the sample's people sign in: each session lies in the database. */
export async function signIn(url: string, person: string): Promise<string> {
  const answer = await fetch(`${url}/api/auth/local`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ person }),
  })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0]
  if (!cookie) throw new Error(`${person} could not sign in: ${answer.status} ${await answer.text()}`)
  return cookie
}

export function analyst(id: string): Actor {
  return acting(id, 'analyst')
}

export function approver(id: string): Actor {
  return acting(id, 'approver')
}

function acting(id: string, role: PersonRole): Actor {
  const auth = { acr: 'local', amr: ['none'], auth_time: Math.floor(Date.now() / 1000) }
  return identified({
    kind: 'human',
    id,
    name: id,
    roles: [role],
    org: SAMPLE_ORG,
    via: 'web',
    request: 'bench',
    auth,
  })
}
