import { equal } from '@/lib/record/bytes'
import { logSeed } from './log-key'
import { LOG_KEY, newKeyOfLog } from './make'
import type { KeyRing } from './ring'

/** The log's private keys, which the sequencer alone holds: 32-byte Ed25519 seeds, oldest first. */
export type LogKeys = {
  readonly seeds: () => readonly Uint8Array[]
  readonly make: (origin: string) => Uint8Array
  readonly destroy: (seed: Uint8Array) => void
}

export function logKeysIn(ring: KeyRing): LogKeys {
  const seeds = () => ring.held(LOG_KEY).map(({ text }) => logSeed(text)[1])
  return {
    seeds,
    make(origin) {
      const key = newKeyOfLog(origin)
      ring.add(key)
      return logSeed(key.text)[1]
    },
    destroy(seed) {
      const key = ring.held(LOG_KEY).find(({ text }) => equal(logSeed(text)[1], seed))
      if (key) ring.destroy(LOG_KEY, key.kid)
    },
  }
}
