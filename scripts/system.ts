import { randomUUID } from 'node:crypto'
import { type Actor, identified } from '../lib/identity/actor'

/** On Record's own processes, as the record names them. */
export type Process = 'sys_setup' | 'sys_worker' | 'sys_console'

/** Called by these processes alone, about themselves: nobody else becomes them through any door. */
export function systemActor(id: Process, org: string, now = Date.now()): Actor {
  const auth = { acr: 'process', amr: [], auth_time: Math.floor(now / 1000) }
  return identified({ kind: 'system', id, org, via: 'job', auth, request: `run_${randomUUID()}` })
}
