import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Where everything lies in the data folder. Each process is told only of what is its own. */
export type Folders = ReturnType<typeof foldersIn>

export function foldersIn(data: string) {
  return {
    data,
    /** The embedded PostgreSQL. */
    postgres: join(data, 'postgres'),
    /** The web application's own keys. */
    keys: join(data, 'keys'),
    /** The log's key and the last signed checkpoints: the sequencer's alone. */
    sequencer: join(data, 'sequencer'),
    /** The executor's keys, journal and the target's credential: not for the application. */
    executor: join(data, 'executor'),
    /** Content of evidence. */
    evidence: join(data, 'evidence'),
    sample: join(data, 'sample'),
    logs: join(data, 'logs'),
    /** Which processes run. */
    run: join(data, 'run'),
    secret: join(data, 'auth-secret'),
    /** Encrypts the private keys of a local installation, unless the environment names another. */
    keyEncryption: join(data, 'key-encryption-key'),
    lock: join(data, 'running.json'),
  }
}

const PRIVATE = ['keys', 'sequencer', 'executor', 'evidence', 'sample', 'logs', 'run'] as const

export async function makeFolders(folders: Folders): Promise<void> {
  // 0711: PostgreSQL may run under an account of its own, which has to get through to its folder.
  await mkdir(folders.data, { recursive: true, mode: 0o711 })
  if (process.getuid?.() === 0) await chmod(folders.data, 0o711)
  for (const name of PRIVATE) await mkdir(folders[name], { recursive: true, mode: 0o700 })
}
