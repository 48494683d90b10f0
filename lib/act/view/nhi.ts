import type { NhiProfile } from '../../nhi/event'
import type { CaseRow } from './case'
import type { Entry } from './entry'
import type { Offer, Who } from './who'

export type NhiRow = {
  id: string
  name: string
  kind: string
  system: string
  account: string
  environment: string
  privilege: string
  criticality: string
  owner: Who | null
  backup_owner: Who | null
  health: Health[]
  open_cases: number
  last_used_on: string | null
  last_rotated_on: string | null
  next_review_on: string | null
  disabled: boolean
}

export const HEALTH = ['orphaned', 'stale', 'over-privileged', 'unrotated', 'exposed', 'unreviewed'] as const

export type Health = (typeof HEALTH)[number]

export type NhiFile = NhiRow & {
  version: number
  profile: NhiProfile
  credentials: {
    credential: string
    kind: string
    fingerprint: string
    label: string
    expires_on: string | null
    retired: boolean
  }[]
  keys: { kid: string; use: string; revoked: boolean }[]
  cases: CaseRow[]
  timeline: Entry[]
  offers: Offer[]
}
