import { createHash, randomBytes } from 'node:crypto'
import { toHex } from '@/lib/record/bytes'
import { fromJwk, type JsonWebKey, jwkThumbprint } from '@/lib/record/jwks'
import { noteSigner } from '@/lib/record/note'
import { ed25519Signer } from '@/lib/record/signature'
import { allowedSignersLine } from '@/lib/record/sshsig'
import { freshP256 } from './fresh'
import { logSeed, newLogKey } from './log-key'
import type { PrivateKey } from './sealed-file'

/** What an installation's private keys are for. `fingerprint` and `mac` are shared secrets: they have no public half. */
export const APPLICATION_KEYS = ['warrant', 'token', 'export', 'fingerprint', 'mac'] as const
export type ApplicationKey = (typeof APPLICATION_KEYS)[number]
export const LOG_KEY = 'log'

/** A fresh private key of the kind that the purpose asks for. */
export function newApplicationKey(purpose: ApplicationKey): PrivateKey {
  return named(purpose, TEXTS[purpose](), new Date())
}

/** `origin`: the log's name, which is the key's too. */
export function newKeyOfLog(origin: string): PrivateKey {
  return namedLogKey(newLogKey(origin), new Date())
}

const TEXTS: Readonly<Record<ApplicationKey, () => string>> = {
  warrant: newJwk,
  token: newJwk,
  export: secret,
  fingerprint: secret,
  mac: secret,
}

/** 256 random bits: a shared secret, or an Ed25519 seed. */
function secret(): string {
  return randomBytes(32).toString('base64url')
}

/** A private P-256 key as a JWK (RFC 7517) whose kid is its thumbprint (RFC 7638). */
export function newJwk(): string {
  const jwk = freshP256()
  return JSON.stringify({ ...jwk, kid: thumbprintOf(jwk) })
}

/** The key under its id. @throws Error with a sentence where the text holds no such key */
export function named(purpose: ApplicationKey, text: string, made: Date): PrivateKey {
  return { purpose, kid: kidOf(purpose, text), created: made.toISOString(), text }
}

/** @throws Error with a sentence where the text holds no such key */
export function namedLogKey(text: string, made: Date): PrivateKey {
  const [name, seed] = logSeed(text)
  return { purpose: LOG_KEY, kid: toHex(noteSigner(name, seed).id), created: made.toISOString(), text }
}

function kidOf(purpose: ApplicationKey, text: string): string {
  switch (purpose) {
    case 'warrant':
    case 'token':
      return thumbprintOf(JSON.parse(text))
    case 'export':
      return digest(Buffer.from(sshKeyOf(text).key.split(' ')[1] ?? '', 'base64'))
    case 'fingerprint':
    case 'mac':
      if (text.length < 32) throw new Error(`The ${purpose} key is shorter than 32 characters.`)
      return digest(`on-record ${purpose} key id\n${text}`)
  }
}

function thumbprintOf(jwk: JsonWebKey & { readonly d?: unknown }): string {
  const key = jwk.d === undefined ? null : fromJwk(jwk)
  if (key?.alg !== 'ES256') throw new Error("This isn't a private P-256 key.")
  return jwkThumbprint(key)
}

/** The key as `ssh-keygen` writes it, with its fingerprint: `SHA256:` and the unpadded base64 of SHA-256(key blob). */
export function sshKeyOf(seed: string): { readonly key: string; readonly fingerprint: string } {
  const line = allowedSignersLine('on-record', exportSigner(seed).publicKey).trim()
  const blob = line.split(' ').at(-1) ?? ''
  const fingerprint = createHash('sha256').update(Buffer.from(blob, 'base64')).digest('base64')
  return { key: `ssh-ed25519 ${blob}`, fingerprint: `SHA256:${fingerprint.replace(/=+$/, '')}` }
}

export function exportSigner(seed: string) {
  return ed25519Signer(new Uint8Array(Buffer.from(seed, 'base64url')))
}

function digest(of: string | Uint8Array): string {
  return createHash('sha256').update(of).digest('base64url')
}
