import type { KeyRing } from '@/db/keys/ring'
import { ANCHORS } from '@/lib/registry/anchor-event'
import { isOverdue, NO_ANCHORS } from '@/lib/registry/anchors'
import type { Signing } from '@/lib/registry/key-event'
import { type KnownKey, keyInUse, knownKeys } from '@/lib/registry/keys'
import type { Registry } from '@/lib/registry/registry'

const ALGORITHM: Readonly<Record<Signing, string>> = {
  log: 'Ed25519',
  export: 'Ed25519',
  warrant: 'ECDSA P-256',
  token: 'ECDSA P-256',
}
/** Shared secrets of this process: they have no public half, and are named by a digest. */
const SHARED = ['fingerprint', 'mac'] as const

type KeyState = 'signs' | 'next' | 'verifies' | 'retired' | 'witness' | 'shared'

/** Every key, by name and fingerprint: never a private half. */
export function keysView(state: Registry, ring: KeyRing, now: string) {
  const known = knownKeys(state)
  return [
    ...known.map((key) => ({ ...keyView(known, key, now), public_key: sshKey(state, key) })).reverse(),
    ...(state.witnesses ?? []).map(({ vkey, name }) => keyOf('witness', name, vkey, 'Ed25519', 'witness')),
    ...SHARED.flatMap((use) =>
      ring.held(use).map(({ kid, created }) => ({
        ...keyOf(use, kid, kid, 'HMAC-SHA-256', 'shared'),
        published_at: created,
      })),
    ),
  ]
}

/** What goes behind a name in a file of allowed signers. */
function sshKey({ export_keys }: Registry, { purpose, id }: KnownKey): string | null {
  if (purpose !== 'export') return null
  return export_keys.find(({ fingerprint }) => fingerprint === id)?.key ?? null
}

function keyView(known: readonly KnownKey[], key: KnownKey, now: string) {
  const { purpose, id, published, from, retires, retired } = key
  const short = purpose === 'log' ? (id.split('+')[1] ?? id) : id
  return {
    ...keyOf(purpose, id, short, ALGORITHM[purpose], stateOf(known, key, now)),
    ...{ published_at: published, from, retires, retired },
  }
}

function stateOf(
  known: readonly KnownKey[],
  { purpose, id, from, retired }: KnownKey,
  now: string,
): KeyState {
  if (retired !== null) return 'retired'
  if (from > now) return 'next'
  // While one log key replaces another, both sign.
  return purpose === 'log' || keyInUse(known, purpose, now)?.id === id ? 'signs' : 'verifies'
}

function keyOf(use: string, kid: string, fingerprint: string, algorithm: string, state: KeyState) {
  const none: string | null = null
  const life = { published_at: '', from: '', retires: none, retired: none }
  return { use, kid, fingerprint, algorithm, state, public_key: none, ...life }
}

/** Where checkpoints are anchored, what came of it lately, and what is late. */
export function anchorsView({ anchors = NO_ANCHORS, chats }: Registry, now: string) {
  const { settings, recent, failures } = anchors
  return {
    settings,
    team: chats.at(-1)?.team ?? null,
    recent: recent.slice(0, 14),
    failures: ANCHORS.flatMap((kind) => {
      const failure = failures[kind]
      return failure ? [{ kind, ...failure }] : []
    }),
    overdue: ANCHORS.filter((kind) => isOverdue(anchors, kind, now)),
  }
}
