import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { aadOf, decrypt, encrypt, type KeyContext, type KeyWrapper, WrapperFailed } from './wrapper'

/**
 * A private key as it lies on disk (envelope encryption): its text under a data key of its own, AES-256-GCM with purpose and kid as additional
 * data, and that data key wrapped. A file that is renamed to stand for another key doesn't open.
 */
const sealedShape = z.strictObject({
  v: z.literal(1),
  purpose: z.string(),
  kid: z.string(),
  /** When the key was made. */
  created: z.iso.datetime(),
  wrapped: z.string(),
  sealed: z.string(),
})

export type PrivateKey = KeyContext & { readonly created: string; readonly text: string }

export function sealKey({ purpose, kid, created, text }: PrivateKey, wrapper: KeyWrapper): string {
  const context = { purpose, kid }
  const dataKey = new Uint8Array(randomBytes(32))
  const sealed = encrypt(dataKey, new TextEncoder().encode(text), aadOf(context))
  const file = { v: 1, ...context, created, wrapped: wrapper.wrap(dataKey, context) }
  return `${JSON.stringify({ ...file, sealed: Buffer.from(sealed).toString('base64url') })}\n`
}

/** @throws WrapperFailed with a sentence */
export function openKey(file: string, expected: KeyContext, wrapper: KeyWrapper): PrivateKey {
  const { purpose, kid, created, wrapped, sealed } = read(file, expected)
  const context = { purpose, kid }
  if (purpose !== expected.purpose || kid !== expected.kid)
    throw new WrapperFailed(`The file of the ${expected.purpose} key ${expected.kid} holds another key.`)
  try {
    const dataKey = wrapper.unwrap(wrapped, context)
    const text = new TextDecoder().decode(decrypt(dataKey, Buffer.from(sealed, 'base64url'), aadOf(context)))
    return { ...context, created, text }
  } catch (error) {
    if (!(error instanceof WrapperFailed)) throw error
    throw new WrapperFailed(`${wrapper.name} does not open the ${purpose} key ${kid}. ${error.message}`)
  }
}

function read(file: string, { purpose, kid }: KeyContext) {
  try {
    return sealedShape.parse(JSON.parse(file))
  } catch {
    throw new WrapperFailed(`The file of the ${purpose} key ${kid} can't be read as an encrypted key.`)
  }
}
