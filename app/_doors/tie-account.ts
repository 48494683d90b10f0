import { randomUUID } from 'node:crypto'
import { perform } from '@/lib/act/perform'
import { isRefusal, type Refusal } from '@/lib/act/refusal'
import { identified } from '@/lib/identity/actor'
import type { Account } from '@/lib/registry/accounts'
import type { Doors } from './deps'
import { REGISTRY } from './registry'

type WhyUntied = 'taken' | 'removed' | 'failed'

/**
 * Puts on record whose account at the provider this is, before anything can rest on it. Null when it is there, by whichever of
 * two sign-ins at one moment was first; else why nobody gets in.
 */
export async function tieAccount(doors: Doors, member: string, account: Account): Promise<WhyUntied | null> {
  const { org } = doors.settings
  const auth = { acr: 'process', amr: [], auth_time: Math.floor(Date.now() / 1000) }
  const request = `sign-in_${randomUUID()}`
  const itself = identified({ kind: 'system', id: 'sys_sign_in', org, via: 'web', auth, request })
  const outcome = await perform(doors, itself, {
    kind: 'registry',
    stream: REGISTRY,
    command: 'identifyMember',
    input: { member, ...account },
    key: request,
  })
  return isRefusal(outcome) ? whyNot(outcome, member) : null
}

function whyNot({ code, existing }: Refusal, member: string): WhyUntied | null {
  if (code === 'duplicate') return existing === member ? null : 'taken'
  return code === 'gate' ? 'removed' : 'failed'
}
