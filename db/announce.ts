import type { Moved } from '@/lib/act/write'
import { isOfAction } from '@/lib/action/event'
import type { Client } from './client'

/** The channel on which processes tell each other that a stream has moved on. */
export const CHANGES = 'on_record_changes'
/** The channel on which the sequencer says that a checkpoint was published: `[org, size]`. */
export const SEALED = 'on_record_sealed'
/** The channel on which it is said how far a log is witnessed: `[org, size]`. */
export const WITNESSED = 'on_record_witnessed'
/** PostgreSQL makes commits that notify wait for one another, so the notice is a transaction of its own, for many commits at once. */
const GATHER_MS = 15
/** Between two notices where everybody writes: each wakes whoever listens, and a page needn't hear of changes more often than this. */
const REST_MS = 100
const PAYLOAD_LIMIT = 7_500

/** `acting`: something happened to an action, which is for executors. */
export type Change = readonly [org: string, stream: string, version: number, acting: boolean]

/** Gathers changes and announces them after their commits. One that gets lost delays a page's refresh, and nothing else. */
export function announcer(sql: Client): (org: string, moved: Moved) => void {
  let waiting = new Map<string, Change>()
  let sent = Number.NEGATIVE_INFINITY
  const send = () => {
    const changes = [...waiting.values()]
    waiting = new Map()
    sent = performance.now()
    for (const payload of payloads(changes))
      sql`select pg_notify(${CHANGES}, ${payload})`.catch(() => undefined)
  }
  return (org, { stream, version, events }) => {
    if (waiting.size === 0) setTimeout(send, Math.max(GATHER_MS, sent + REST_MS - performance.now()))
    const key = `${org}/${stream}`
    const acting = events.some(({ type }) => isOfAction(type)) || waiting.get(key)?.[3] === true
    waiting.set(key, [org, stream, version, acting])
  }
}

function payloads(changes: Change[]): string[] {
  const text = JSON.stringify(changes)
  if (text.length <= PAYLOAD_LIMIT || changes.length === 1) return [text]
  const half = Math.ceil(changes.length / 2)
  return [...payloads(changes.slice(0, half)), ...payloads(changes.slice(half))]
}
