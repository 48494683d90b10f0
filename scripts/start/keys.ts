import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'
import { formatVkey, noteSigner } from '../../lib/record/note'
import { ed25519Signer } from '../../lib/record/signature'
import { allowedSignersLine } from '../../lib/record/sshsig'
import type { Folders } from './folders'
import { logSeed, newLogKey } from './log-key'
import { kept, secret } from './secret-file'

/** What the organisation publishes on its record: the public halves. */
export type PublicKeys = {
  /** The log's name: that of the key's file, for ever. */
  readonly origin: string
  readonly warrant: { readonly kid: string; readonly jwk: { kty: 'EC'; crv: 'P-256'; x: string; y: string } }
  readonly export: { readonly key: string; readonly fingerprint: string }
  readonly log: { readonly vkey: string }
}

/**
 * Makes this installation's keys once, each in a file of mode 0600 in the folder of the process that uses it, and answers with
 * their public halves. `origin` becomes the log's name when its key is made.
 */
export async function installationKeys(folders: Folders, origin: string): Promise<PublicKeys> {
  const own = (name: string) => join(folders.keys, name)
  const warrant = await jwk(own('warrant.jwk'))
  await jwk(own('token.jwk'))
  await kept(own('fingerprint.key'), secret)
  await kept(own('mac.key'), secret)
  const exportSeed = Buffer.from(await kept(own('export.seed'), seed), 'base64url')
  const logKey = await kept(join(folders.sequencer, 'log.key'), () => newLogKey(origin))
  const [name, logKeySeed] = logSeed(logKey)
  return {
    warrant: { kid: warrant.kid, jwk: { kty: 'EC', crv: 'P-256', x: warrant.x, y: warrant.y } },
    export: sshKey(exportSeed),
    log: { vkey: formatVkey(noteSigner(name, logKeySeed)) },
    origin: name,
  }
}

/** The executor's two keys, in a folder that the application is never told of. */
export async function executorKeys(
  folders: Folders,
): Promise<{ readonly sig: PublicJwk; readonly enc: PublicJwk }> {
  const publicHalf = ({ x, y }: PrivateJwk): PublicJwk => ({ kty: 'EC', crv: 'P-256', x, y })
  const sig = await jwk(join(folders.executor, 'sig.jwk'))
  const enc = await jwk(join(folders.executor, 'enc.jwk'))
  return { sig: publicHalf(sig), enc: publicHalf(enc) }
}

export type PublicJwk = { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string }
type PrivateJwk = JWK & { readonly kid: string; readonly x: string; readonly y: string }

/** A private P-256 key as a JWK (RFC 7517) whose kid is its thumbprint (RFC 7638). */
async function jwk(file: string): Promise<PrivateJwk> {
  const made = await kept(file, async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true })
    const key = await exportJWK(privateKey)
    return JSON.stringify({ ...key, kid: await calculateJwkThumbprint(key) })
  })
  return JSON.parse(made) as PrivateJwk
}

function seed(): string {
  return randomBytes(32).toString('base64url')
}

/** The key as `ssh-keygen` writes it, with its fingerprint: `SHA256:` and the unpadded base64 of SHA-256(key blob). */
function sshKey(exportSeed: Uint8Array): PublicKeys['export'] {
  const line = allowedSignersLine('on-record', ed25519Signer(exportSeed).publicKey).trim()
  const blob = line.split(' ').at(-1) ?? ''
  const digest = createHash('sha256').update(Buffer.from(blob, 'base64')).digest('base64').replace(/=+$/, '')
  return { key: `ssh-ed25519 ${blob}`, fingerprint: `SHA256:${digest}` }
}
