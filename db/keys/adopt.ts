import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import {
  APPLICATION_KEYS,
  type ApplicationKey,
  LOG_KEY,
  named,
  namedLogKey,
  newApplicationKey,
  newKeyOfLog,
} from './make'
import type { KeyRing } from './ring'
import type { PrivateKey } from './sealed-file'

/** Where earlier versions kept a key as it is. */
const PLAIN: Readonly<Record<ApplicationKey | typeof LOG_KEY, string>> = {
  warrant: 'warrant.jwk',
  token: 'token.jwk',
  export: 'export.seed',
  fingerprint: 'fingerprint.key',
  mac: 'mac.key',
  log: 'log.key',
}

/** Every key that the application needs: what an earlier version left is encrypted first, what is missing is made. */
export function fillApplicationRing(ring: KeyRing, folder: string): void {
  for (const purpose of APPLICATION_KEYS) {
    adopt(ring, join(folder, PLAIN[purpose]), (text, made) => named(purpose, text, made))
    if (ring.held(purpose).length === 0) ring.add(newApplicationKey(purpose))
  }
}

/** The log's key. `origin` becomes the log's name, for ever, when its key is made. */
export function fillLogRing(ring: KeyRing, folder: string, origin: string): void {
  adopt(ring, join(folder, PLAIN.log), namedLogKey)
  if (ring.held(LOG_KEY).length === 0) ring.add(newKeyOfLog(origin))
}

/** The plain file goes only once its encrypted copy has been opened again. */
function adopt(ring: KeyRing, file: string, name: (text: string, made: Date) => PrivateKey): void {
  if (!existsSync(file)) return
  const key = name(readFileSync(file, 'utf8').trim(), statSync(file).mtime)
  ring.add(key)
  const kept = ring.held(key.purpose).find(({ kid }) => kid === key.kid)
  if (kept?.text !== key.text)
    throw new Error(`The ${key.purpose} key could not be encrypted; its file stays as it is.`)
  rmSync(file)
}
