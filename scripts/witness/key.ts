import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { writeDurably } from '../../db/durable'
import { fromBase64, toBase64 } from '../../lib/record/base64'
import { toHex } from '../../lib/record/bytes'
import { type Cosigner, cosigner } from '../../lib/record/cosignature'
import { NOTE_COSIGNATURE } from '../../lib/record/note'

// The signer key of golang.org/x/mod/sumdb/note, of the type for cosignatures: PRIVATE+KEY+<name>+<hex key id>+<base64(0x04 || seed)>.

/** The witness's own key; made when there is none, and never again. @throws Error when it is there under another name */
export async function witnessKey(folder: string, name: string | null): Promise<Cosigner> {
  const file = join(folder, 'key')
  const known = await readFile(file, 'utf8').catch(absent)
  if (known === null) await writeDurably(file, newKey(name ?? `${hostname()}/witness`))
  const own = parseKey(known ?? (await readFile(file, 'utf8')))
  if (name !== null && name !== own.name)
    throw new Error(
      `This witness is called ${own.name} already: a name is for ever. Leave --name out, or use another folder.`,
    )
  return own
}

function newKey(name: string): string {
  const seed = new Uint8Array(randomBytes(32))
  const { id } = cosigner(name, seed)
  return `PRIVATE+KEY+${name}+${toHex(id)}+${toBase64(new Uint8Array([NOTE_COSIGNATURE, ...seed]))}\n`
}

function parseKey(text: string): Cosigner {
  const [, name, id, encoded] = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text.trim()) ?? []
  const [type, ...seed] = encoded ? fromBase64(encoded) : []
  if (!name || type !== NOTE_COSIGNATURE || seed.length !== 32)
    throw new Error("The file of the witness's key doesn't hold one.")
  const own = cosigner(name, new Uint8Array(seed))
  if (toHex(own.id) !== id) throw new Error("The witness's key doesn't have the id that its file says.")
  return own
}

/** Only a file that isn't there may be made; one that can't be read must not be taken for that. */
export function absent(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
  throw error
}
