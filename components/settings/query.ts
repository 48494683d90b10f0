'use client'

import { useQuery } from '@tanstack/react-query'
import type { Offer, Who } from '@/lib/act/view'
import { get } from '../api'

/** What GET /api/v1/settings answers. */
export type Settings = {
  chat: {
    connected: boolean
    team_name: string | null
    team?: string | null
    bot_user: string | null
    since: string | null
  } | null
  manifest: string
  connectors: {
    connector: string
    kind: string
    system: string
    environment: string
    executor: Who
    executor_owner: Who | null
    definition: string
    last_seen_at: string | null
  }[]
  keys: { use: string; kid: string; fingerprint: string; published_at: string }[]
  policy: { bundle: string; activated_at: string; policies: { id: string; sentence: string }[] }
  log: { size: number; root: string; witnessed_size: number; checkpoint_at: string | null }
  witnesses: {
    quorum: number
    list: {
      vkey: string
      name: string
      url: string
      size: number
      asked_at: string | null
      seen_at: string | null
      error: string | null
    }[]
    log: { address: string; vkeys: string[] }
    health: { size: number; witnessed_size: number }
    alerts: string[]
  }
  offers: Offer[]
}

/** `ask` is false where the reader may not see them anyway. */
export function useSettings(ask = true) {
  return useQuery({
    enabled: ask,
    queryKey: ['settings'],
    queryFn: ({ signal }) => get<Settings>('/api/v1/settings', signal),
  })
}
