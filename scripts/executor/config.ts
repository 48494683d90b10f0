import { readFile, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { JWK } from 'jose'
import { z } from 'zod'
import { nhiId } from '../../lib/act/text'
import { targetConfig } from '../../lib/connect/postgres/target'

const file = z.strictObject({
  /** The web origin under which the executor reaches On Record. */
  app: z.url(),
  /** What On Record calls itself, where that differs: a warrant's issuer, and the audience of our assertions. */
  issuer: z.url().optional(),
  nhi: nhiId,
  /** Private P-256 JWK, enrolled with `use: sig`. Signs our assertions and proofs. */
  keyFile: z.string(),
  /** Private P-256 JWK, enrolled with `use: enc`. Opens leaked secrets. */
  encKeyFile: z.string(),
  /** Holds the journal; the configuration's own folder when left out. */
  folder: z.string().optional(),
  connectors: z.array(targetConfig).min(1),
  pollSeconds: z.number().min(0.1).max(60).default(3),
})

export type Config = Omit<z.output<typeof file>, 'app' | 'issuer' | 'folder'> & {
  readonly app: string
  readonly issuer: string
  readonly folder: string
  readonly key: JWK
  readonly encKey: JWK
}

/** Reads the configuration; its paths are relative to its own folder. It holds credentials, so nobody else may read it. */
export async function readConfig(path: string): Promise<Config> {
  const here = dirname(resolve(path))
  const read = file.parse(await readPrivate(path))
  const at = (name: string) => resolve(here, name)
  const app = new URL(read.app).origin
  return {
    ...read,
    app,
    issuer: read.issuer ? new URL(read.issuer).origin : app,
    folder: at(read.folder ?? '.'),
    key: (await readPrivate(at(read.keyFile))) as JWK,
    encKey: (await readPrivate(at(read.encKeyFile))) as JWK,
    connectors: read.connectors.map((target) => ({ ...target, secretSink: at(target.secretSink) })),
  }
}

async function readPrivate(path: string): Promise<unknown> {
  const { mode } = await stat(path)
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    throw new Error(`${path} holds a credential and can be read by others: chmod 600 it.`)
  return JSON.parse(await readFile(path, 'utf8'))
}
