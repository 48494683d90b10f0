import type { EventMeta } from '../act/stream'
import type { KeyEvent, Signing } from './key-event'
import type { Registry } from './registry'

/** How long a key is good for. Times are the record's: `YYYY-MM-DDTHH:MM:SS.mmmZ`. */
export type KeyLife = {
  published: string
  /** It signs from here on. */
  from: string
  /** When it is to be retired; null while nothing replaces it. */
  retires: string | null
  /** Since when nothing that it signs counts. What it signed before stands. */
  retired: string | null
}

/** `id`: the kid of a warrant or token key, the fingerprint of an export key, the vkey of the log's. */
export type KnownKey = KeyLife & { readonly purpose: Signing; readonly id: string }
export type Rotation = {
  rotation: string
  purpose: Signing
  overlap_hours: number
  ordered_at: string
  by: string
}

/** The part of the organisation's state that is about its keys. */
export type Keys = {
  warrant_keys: { kid: string; jwk: Record<string, string> }[]
  token_keys: { kid: string; jwk: Record<string, string> }[]
  export_keys: { key: string; fingerprint: string }[]
  log_keys: string[]
  key_lives: Record<string, KeyLife>
  /** Ordered, and not carried out yet. */
  rotations: Rotation[]
}

export const NO_KEYS: Keys = {
  warrant_keys: [],
  token_keys: [],
  export_keys: [],
  log_keys: [],
  key_lives: {},
  rotations: [],
}

const ALWAYS: KeyLife = { published: '', from: '', retires: null, retired: null }

/** Every key that was ever published, oldest first within its purpose. */
export function knownKeys(state: Partial<Keys>): KnownKey[] {
  const ids: Record<Signing, string[]> = {
    log: state.log_keys ?? [],
    export: (state.export_keys ?? []).map(({ fingerprint }) => fingerprint),
    warrant: (state.warrant_keys ?? []).map(({ kid }) => kid),
    token: (state.token_keys ?? []).map(({ kid }) => kid),
  }
  const purposes = Object.keys(ids) as Signing[]
  return purposes.flatMap((purpose) =>
    ids[purpose].map((id) => ({ purpose, id, ...(state.key_lives?.[id] ?? ALWAYS) })),
  )
}

/** What it signs counts: published, and not retired. Some of them may not sign yet. */
export function goodKeys(keys: readonly KnownKey[], purpose: Signing): KnownKey[] {
  return keys.filter((key) => key.purpose === purpose && key.retired === null)
}

/** The one that signs at this time: of those whose time has come, the newest. */
export function keyInUse(keys: readonly KnownKey[], purpose: Signing, now: string): KnownKey | null {
  return (
    goodKeys(keys, purpose)
      .filter(({ from }) => from <= now)
      .sort((a, b) => (a.from < b.from ? -1 : 1))
      .at(-1) ?? null
  )
}

export function evolveKeys(state: Registry, event: KeyEvent, meta: EventMeta): Registry {
  switch (event.type) {
    case 'key.rotation-ordered': {
      const { rotation, purpose, overlap_hours } = event.data
      const ordered = { rotation, purpose, overlap_hours, ordered_at: meta.at, by: meta.actor.id }
      return { ...state, rotations: [...(state.rotations ?? []), ordered] }
    }
    case 'warrant-key.published': {
      const { kid, jwk } = event.data
      return published({ ...state, warrant_keys: [...state.warrant_keys, { kid, jwk }] }, kid, event, meta)
    }
    case 'token-key.published': {
      const { kid, jwk } = event.data
      return published(
        { ...state, token_keys: [...(state.token_keys ?? []), { kid, jwk }] },
        kid,
        event,
        meta,
      )
    }
    case 'export-key.published': {
      const { key, fingerprint } = event.data
      const export_keys = [...state.export_keys, { key, fingerprint }]
      return published({ ...state, export_keys }, fingerprint, event, meta)
    }
    case 'log-key.published': {
      const { vkey } = event.data
      return published({ ...state, log_keys: [...state.log_keys, vkey] }, vkey, event, meta)
    }
    case 'warrant-key.retired':
    case 'token-key.retired':
      return retired(state, event.data.kid, meta)
    case 'export-key.retired':
      return retired(state, event.data.fingerprint, meta)
    case 'log-key.retired':
      return retired(state, event.data.vkey, meta)
  }
}

type Published = Extract<KeyEvent, { type: `${Signing}-key.published` }>

function published(state: Registry, id: string, { data }: Published, { at }: EventMeta): Registry {
  const lives = { ...state.key_lives }
  lives[id] = { published: at, from: data.from ?? at, retires: null, retired: null }
  for (const older of data.replaces ?? [])
    lives[older] = { ...(lives[older] ?? ALWAYS), retires: data.retires ?? at }
  const rotations = (state.rotations ?? []).filter(({ rotation }) => rotation !== data.rotation)
  return { ...state, key_lives: lives, rotations }
}

function retired(state: Registry, id: string, { at }: EventMeta): Registry {
  return {
    ...state,
    key_lives: { ...state.key_lives, [id]: { ...(state.key_lives?.[id] ?? ALWAYS), retired: at } },
  }
}
