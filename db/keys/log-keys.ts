import { formatVkey, type NoteSigner, noteSigner } from '@/lib/record/note'
import { logSeed } from './log-key'
import { LOG_KEY, newKeyOfLog } from './make'
import type { KeyRing } from './ring'
import type { PrivateKey } from './sealed-file'

/** The log's private keys, which the sequencer alone holds. */
export type LogKeys = {
  /** As keys of the log of this name; oldest first. */
  readonly signers: (name: string) => readonly NoteSigner[]
  readonly make: (name: string) => NoteSigner
  readonly destroy: (signer: NoteSigner) => void
}

export function logKeysIn(ring: KeyRing): LogKeys {
  // A key of this id never changes, and to read it costs more than to sign.
  const read = new Map<string, NoteSigner>()
  const signerOf = (name: string, { kid, text }: PrivateKey) => {
    const id = `${kid} ${name}`
    const signer = read.get(id) ?? noteSigner(name, logSeed(text)[1])
    read.set(id, signer)
    return signer
  }
  return {
    signers: (name) => ring.held(LOG_KEY).map((key) => signerOf(name, key)),
    make(name) {
      const key = newKeyOfLog(name)
      ring.add(key)
      return signerOf(name, key)
    },
    destroy(signer) {
      const key = ring
        .held(LOG_KEY)
        .find((each) => formatVkey(signerOf(signer.name, each)) === formatVkey(signer))
      if (!key) return
      ring.destroy(LOG_KEY, key.kid)
      read.clear()
    },
  }
}
