import { identified, type Person, type System } from '@/lib/identity/actor'
import { SAMPLE_ORG, samplePerson } from './people'

/** How the record shows that a sample person didn't sign in: the set-up acted in their name. */
const SAMPLE_ACR = 'sample'

export function sampleActor(id: string, org = SAMPLE_ORG): Person {
  const { name, roles } = samplePerson(id)
  return identified({ kind: 'human', id, name, roles, org, via: 'job', request: 'sample', auth: proof() })
}

export function setUp(org: string): System {
  return identified({ kind: 'system', id: 'sys_setup', org, via: 'job', request: 'set-up', auth: proof() })
}

function proof() {
  return { acr: SAMPLE_ACR, amr: [], auth_time: Math.floor(Date.now() / 1000) }
}
