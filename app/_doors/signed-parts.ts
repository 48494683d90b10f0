import { type Carried, carried } from '@/lib/act/carried'
import { fromBase64Url } from '@/lib/record/base64'
import { utf8 } from '@/lib/record/bytes'
import { orNull } from '@/lib/record/malformed'

const LONGEST = 8_000

/** What somebody puts their name to, and their passkey's signature with all that it covers, byte for byte: exports hand it on. */
export function signedParts(input: unknown): Carried[] {
  const { statement, passkey } = fieldsOf(input)
  if (!isShort(statement)) return []
  const { client_data, auth_data, signature } = fieldsOf(passkey)
  const binary = [client_data, auth_data, signature].map((part) =>
    isShort(part) ? orNull(() => fromBase64Url(part)) : null,
  )
  return [utf8(statement), ...binary.filter((part) => part !== null)].map(carried)
}

function isShort(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
