import { isKept } from '@/db/content'
import { type Refusal, refuse } from '@/lib/act/refusal'
import { fromBase64Url } from '@/lib/record/base64'
import { utf8 } from '@/lib/record/bytes'
import { orNull } from '@/lib/record/malformed'
import type { Doors } from './deps'

const LONGEST = 8_000

/**
 * What somebody puts their name to, and their passkey's signature with all that it covers, is kept byte for byte before the
 * record speaks of it: exports hand it on.
 */
export async function keepStatement(
  { content }: Pick<Doors, 'content'>,
  org: string,
  input: unknown,
): Promise<Refusal | null> {
  for (const part of partsOf(input)) {
    const kept = await content.keep(org, [part], 4 * LONGEST)
    if (isKept(kept)) continue
    return refuse(
      'unavailable',
      'What you signed could not be stored: the disk is full.',
      'Try again once an administrator has made room.',
    )
  }
  return null
}

function partsOf(input: unknown): Uint8Array[] {
  const { statement, passkey } = fieldsOf(input)
  if (!isShort(statement)) return []
  const { client_data, auth_data, signature } = fieldsOf(passkey)
  const binary = [client_data, auth_data, signature].map((part) =>
    isShort(part) ? orNull(() => fromBase64Url(part)) : null,
  )
  return [utf8(statement), ...binary.filter((part) => part !== null)]
}

function isShort(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
