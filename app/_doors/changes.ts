import { CHANGES, type Change, SEALED, WITNESSED } from '@/db/announce'
import { connect } from '@/db/client'
import { log } from './log'
import type { Settings } from './settings'

export type News =
  | { readonly event: 'change'; readonly data: { stream: string; version: number } }
  | { readonly event: 'sealed' | 'witnessed'; readonly data: { size: number } }
type Listener = { readonly org: string; readonly tell: (news: News) => void }

/** What other processes announce, by organisation: one connection that listens, and reconnects, for all of this process's readers. */
export type Changes = { follow(org: string, tell: (news: News) => void): () => void }

const kept = globalThis as { onRecordChanges?: Changes }

export function changes(settings: Pick<Settings, 'databaseUrl'>): Changes {
  kept.onRecordChanges ??= listening(settings.databaseUrl)
  return kept.onRecordChanges
}

function listening(url: string): Changes {
  const listeners = new Set<Listener>()
  const sql = connect(url, 1, 'on-record stream')
  const tell = (org: unknown, news: News) => {
    for (const listener of listeners) if (listener.org === org) listener.tell(news)
  }
  const listen = (channel: string, hear: (payload: string) => void) => {
    sql.listen(channel, hear).catch(() => log.warn({ channel }, 'cannot listen for changes yet'))
  }
  listen(CHANGES, (payload) => {
    for (const [org, stream, version] of read<Change>(payload))
      tell(org, { event: 'change', data: { stream, version } })
  })
  const listenForSizes = (channel: string, event: 'sealed' | 'witnessed') =>
    listen(channel, (payload) => {
      const [org, size] = read<string | number>(payload)
      if (typeof size === 'number') tell(org, { event, data: { size } })
    })
  listenForSizes(SEALED, 'sealed')
  listenForSizes(WITNESSED, 'witnessed')
  return {
    follow(org, hear) {
      const listener = { org, tell: hear }
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Only our own processes can notify on this database; what isn't a list is nothing. */
function read<T>(payload: string): T[] {
  try {
    const value: unknown = JSON.parse(payload)
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}
