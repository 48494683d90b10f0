import { CHANGES, type Change, SEALED, WITNESSED } from '@/db/announce'
import { connect } from '@/db/client'
import { log } from './log'
import type { Settings } from './settings'

export type News =
  | { readonly event: 'change'; readonly data: { stream: string; version: number } }
  | { readonly event: 'action'; readonly data: { stream: string } }
  | { readonly event: 'sealed' | 'witnessed'; readonly data: { size: number } }
/** What was announced together is told together. */
type Tell = (news: readonly News[]) => void
type Listener = { readonly org: string; readonly tell: Tell }

/** What other processes announce, by organisation: one connection that listens, and reconnects, for all of this process's readers. */
export type Changes = { follow(org: string, tell: Tell): () => void }

const kept = globalThis as { onRecordChanges?: Changes }

export function changes(settings: Pick<Settings, 'databaseUrl'>): Changes {
  kept.onRecordChanges ??= listening(settings.databaseUrl)
  return kept.onRecordChanges
}

function listening(url: string): Changes {
  const listeners = new Set<Listener>()
  const sql = connect(url, 1, 'on-record stream')
  const tell = (org: unknown, news: readonly News[]) => {
    for (const listener of listeners) if (listener.org === org) listener.tell(news)
  }
  const listen = (channel: string, hear: (payload: string) => void) => {
    sql.listen(channel, hear).catch(() => log.warn({ channel }, 'cannot listen for changes yet'))
  }
  listen(CHANGES, (payload) => {
    const changed = new Map<string, News[]>()
    for (const [org, stream, version, acting] of read<Change>(payload)) {
      const news = changed.get(org) ?? []
      news.push({ event: 'change', data: { stream, version } })
      if (acting) news.push({ event: 'action', data: { stream } })
      changed.set(org, news)
    }
    for (const [org, news] of changed) tell(org, news)
  })
  const listenForSizes = (channel: string, event: 'sealed' | 'witnessed') =>
    listen(channel, (payload) => {
      const [org, size] = read<string | number>(payload)
      if (typeof size === 'number') tell(org, [{ event, data: { size } }])
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
