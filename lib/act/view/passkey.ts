import type { Who } from './who'

/** A passkey with which the reader can sign here. */
export type OwnPasskey = { credential_id: string; name: string; transports: string[] }

export type PasskeyView = OwnPasskey & {
  alg: string
  /** A copy of it may be kept by the maker of the person's devices. */
  synced: boolean
  origin: string
  enrolled_at: string
  revoked_at: string | null
  last_used_at: string | null
}

/** A change of somebody's passkeys, as they are told of it. */
export type PasskeyNews = {
  type: 'passkey.enrolled' | 'passkey.revoked'
  name: string
  at: string
  by: Who
  reason: string | null
}

export type PasskeysView = {
  holder: Who
  /** Where passkeys work: a browser at any other address makes none that count here. */
  origin: string
  passkeys: PasskeyView[]
  news: PasskeyNews[]
}
