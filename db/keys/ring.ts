import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { KEY_ENDING, namesIn, syncFolder, writeOnce } from './key-files'
import { openKey, type PrivateKey, sealKey } from './sealed-file'
import type { KeyWrapper } from './wrapper'

/** The private keys of one process: a file for each, `<folder>/<purpose>/<kid>.key`, written once and never changed. */
export type KeyRing = {
  /** Oldest first. A key that was added since is there at once: nobody has to be started again. */
  readonly held: (purpose: string) => readonly PrivateKey[]
  /** Does nothing where a key of that kid is there already. It's on the disk when this answers. */
  readonly add: (key: PrivateKey) => void
  /** Its private half is gone for good. */
  readonly destroy: (purpose: string, kid: string) => void
}

export function keyRing(folder: string, wrapper: KeyWrapper): KeyRing {
  const opened = new Map<string, PrivateKey>()
  const fileOf = (purpose: string, kid: string) => join(folder, purpose, `${safe(kid)}${KEY_ENDING}`)

  function read(purpose: string, kid: string): PrivateKey {
    const file = fileOf(purpose, kid)
    const key = opened.get(file) ?? openKey(readFileSync(file, 'utf8'), { purpose, kid }, wrapper)
    opened.set(file, key)
    return key
  }

  return {
    held(purpose) {
      const names = namesIn(join(folder, purpose)).filter((name) => name.endsWith(KEY_ENDING))
      return names
        .map((name) => read(purpose, name.slice(0, -KEY_ENDING.length)))
        .sort((one, other) => (one.created < other.created ? -1 : 1))
    },
    add(key) {
      mkdirSync(join(folder, key.purpose), { recursive: true, mode: 0o700 })
      writeOnce(fileOf(key.purpose, key.kid), sealKey(key, wrapper))
      syncFolder(join(folder, key.purpose))
    },
    destroy(purpose, kid) {
      const file = fileOf(purpose, kid)
      opened.delete(file)
      rmSync(file, { force: true })
    },
  }
}

function safe(kid: string): string {
  if (!/^[A-Za-z0-9_-]{8,100}$/.test(kid)) throw new Error('A key id is 8 to 100 characters of base64url.')
  return kid
}
