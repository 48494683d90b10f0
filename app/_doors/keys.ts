import { type KeyRing, keyRing } from '@/db/keys/ring'
import { wrapperOf } from '@/db/keys/wrapper'

/** The secrets that the app shares with nobody, and the ring in which its signing keys are. The log's key is the sequencer's alone. */
export type SecretKeys = {
  readonly ring: KeyRing
  /** Of the fingerprints of secrets. */
  readonly fingerprint: string
  /** Of what chat cards and links carry. */
  readonly mac: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** @throws Error with a sentence that says what can't be opened */
export function readKeys(folder: string, env: Environment): SecretKeys {
  const wrapper = wrapperOf(env)
  if (!wrapper) throw new Error('Nothing says under what the private keys are encrypted (see docs/keys.md).')
  const ring = keyRing(folder, wrapper)
  const only = (purpose: string) => {
    const [key] = ring.held(purpose)
    if (!key) throw new Error(`There is no ${purpose} key in the folder that ON_RECORD_KEYS names.`)
    return key.text
  }
  for (const purpose of ['warrant', 'token', 'export']) only(purpose)
  return { ring, fingerprint: only('fingerprint'), mac: only('mac') }
}
