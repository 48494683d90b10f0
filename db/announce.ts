import type { Client } from './client'

/** The channel on which processes tell each other that a stream has moved on. */
export const CHANGES = 'on_record_changes'
/** The channel on which the sequencer says that a checkpoint was published: `[org, size]`. */
export const SEALED = 'on_record_sealed'
/** The channel on which it is said how far a log is witnessed: `[org, size]`. */
export const WITNESSED = 'on_record_witnessed'
/** PostgreSQL makes commits that notify wait for one another, so the notice is a transaction of its own, for many commits at once. */
const GATHER_MS = 15
const PAYLOAD_LIMIT = 7_500

export type Change = readonly [org: string, stream: string, version: number]

/** Gathers changes and announces them after their commits. One that gets lost delays a page's refresh, and nothing else. */
export function announcer(sql: Client): (org: string, stream: string, version: number) => void {
  let waiting = new Map<string, Change>()
  const send = () => {
    const changes = [...waiting.values()]
    waiting = new Map()
    for (const payload of payloads(changes))
      sql`select pg_notify(${CHANGES}, ${payload})`.catch(() => undefined)
  }
  return (org, stream, version) => {
    if (waiting.size === 0) setTimeout(send, GATHER_MS)
    waiting.set(`${org}/${stream}`, [org, stream, version])
  }
}

function payloads(changes: Change[]): string[] {
  const text = JSON.stringify(changes)
  if (text.length <= PAYLOAD_LIMIT || changes.length === 1) return [text]
  const half = Math.ceil(changes.length / 2)
  return [...payloads(changes.slice(0, half)), ...payloads(changes.slice(half))]
}
