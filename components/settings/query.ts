'use client'

import { useQuery } from '@tanstack/react-query'
import type { Offer, Who } from '@/lib/act/view/who'
import type { AnchorKind, AnchorSettings } from '@/lib/registry/anchor-event'
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
  keys: Key[]
  /** New keys that were ordered and are not published yet. */
  rotations: { rotation: string; purpose: string; ordered_at: string; by: string }[]
  anchors: Anchors | null
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

export type Key = {
  use: string
  kid: string
  fingerprint: string
  /** As ssh-keygen takes it, where it does. */
  public_key: string | null
  algorithm: string
  /** `verifies`: it signs no more, and what it signed counts. */
  state: 'signs' | 'next' | 'verifies' | 'retired' | 'witness' | 'shared'
  published_at: string
  from: string
  retires: string | null
  retired: string | null
}

export type Anchors = {
  settings: AnchorSettings
  /** The connected workspace. */
  team: string | null
  recent: { kind: AnchorKind; at: string; size: number; time: string | null; where: string }[]
  failures: { kind: AnchorKind; at: string; sentence: string }[]
  overdue: AnchorKind[]
}

const LOOK_AGAIN_MS = 10_000

/** `ask` is false where the reader may not see them anyway. */
export function useSettings(ask = true) {
  return useQuery({
    enabled: ask,
    queryKey: ['settings'],
    queryFn: ({ signal }) => get<Settings>('/api/v1/settings', signal),
    // That something has waited too long is no change that anybody announces.
    refetchInterval: ({ state }) => (state.data?.witnesses.list.length ? LOOK_AGAIN_MS : false),
  })
}
