import { join } from 'node:path'
import type { JWK } from 'jose'
import { logSeed } from '../../db/keys/log-key'
import { LOG_KEY, newJwk, sshKeyOf } from '../../db/keys/make'
import { type PublicJwk, publicJwk } from '../../db/keys/public-half'
import type { PrivateKey } from '../../db/keys/sealed-file'
import { formatVkey, noteSigner } from '../../lib/record/note'
import type { Folders } from './folders'
import type { Rings } from './key-rings'
import { kept } from './secret-file'

/** What the organisation publishes on its record: the public halves. */
export type PublicKeys = {
  /** The log's name: that of the key's file, for ever. */
  readonly origin: string
  readonly warrant: { readonly kid: string; readonly jwk: PublicJwk }
  readonly token: { readonly kid: string; readonly jwk: PublicJwk }
  readonly export: { readonly key: string; readonly fingerprint: string }
  readonly log: { readonly vkey: string }
}

/** The public halves of an installation's keys: of the first of each purpose that it holds. */
export function publicKeys({ application, sequencer }: Pick<Rings, 'application' | 'sequencer'>): PublicKeys {
  const [origin, seed] = logSeed(first(sequencer.held(LOG_KEY)).text)
  return {
    warrant: publicJwk(first(application.held('warrant'))),
    token: publicJwk(first(application.held('token'))),
    export: sshKeyOf(first(application.held('export')).text),
    log: { vkey: formatVkey(noteSigner(origin, seed)) },
    origin,
  }
}

function first([key]: readonly PrivateKey[]): PrivateKey {
  if (!key) throw new Error('This installation has no keys yet: run on-record start once.')
  return key
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

type PrivateJwk = JWK & { readonly kid: string; readonly x: string; readonly y: string }

/** A private P-256 key as a JWK (RFC 7517) whose kid is its thumbprint (RFC 7638). */
async function jwk(file: string): Promise<PrivateJwk> {
  return JSON.parse(await kept(file, newJwk)) as PrivateJwk
}
