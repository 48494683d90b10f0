import { sawMachine } from '@/db/machines'
import { perform } from '@/lib/act/perform'
import { identified } from '@/lib/identity/actor'
import type { Doors } from './deps'
import { later } from './later'

const EVERY_MS = 60_000
const written = new Map<string, number>()

/**
 * A machine came to us with a key that held. Once a minute that is kept; once a day it goes on the record, so that the
 * inventory says when each machine was last used (C48). After the answer: nobody waits for it.
 */
export function seen(doors: Doors, org: string, nhi: string, now = new Date()): void {
  const key = `${org}/${nhi}`
  if (now.getTime() - (written.get(key) ?? 0) < EVERY_MS) return
  written.set(key, now.getTime())
  later(async () => {
    if (await sawMachine(doors.sql, org, nhi, now)) await record(doors, org, nhi, now)
  })
}

async function record(doors: Doors, org: string, nhi: string, now: Date): Promise<void> {
  const on = now.toISOString().slice(0, 10)
  const auth = { acr: 'process', amr: [], auth_time: Math.floor(now.getTime() / 1000) }
  const itself = identified({ kind: 'system', id: 'sys_api', org, via: 'api', request: `used_${on}`, auth })
  const order = { kind: 'nhi', stream: nhi, command: 'recordUse', key: `used:${nhi}:${on}` } as const
  await perform(doors, itself, { ...order, input: { on, by: 'On Record, with its own key' } })
}
