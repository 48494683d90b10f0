import { randomBytes } from 'node:crypto'
import { fromBase64, toBase64 } from '@/lib/record/base64'
import { toHex } from '@/lib/record/bytes'
import { NOTE_ED25519, noteSigner } from '@/lib/record/note'

// The signer key of golang.org/x/mod/sumdb/note: PRIVATE+KEY+<name>+<hex key id>+<base64(0x01 || seed)>.

export function newLogKey(name: string): string {
  const seed = new Uint8Array(randomBytes(32))
  const { id } = noteSigner(name, seed)
  return `PRIVATE+KEY+${name}+${toHex(id)}+${toBase64(new Uint8Array([NOTE_ED25519, ...seed]))}`
}

/** The log's name and its 32-byte Ed25519 seed. @throws Error when the text is no such key */
export function logSeed(key: string): [name: string, seed: Uint8Array] {
  const [, name, id, encoded] = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(key.trim()) ?? []
  const [type, ...seed] = encoded ? fromBase64(encoded) : []
  if (!name || type !== NOTE_ED25519 || seed.length !== 32)
    throw new Error("The log's key file doesn't hold a signer key of signed notes.")
  const bytes = new Uint8Array(seed)
  if (toHex(noteSigner(name, bytes).id) !== id)
    throw new Error("The log's key doesn't have the id that it claims.")
  return [name, bytes]
}
