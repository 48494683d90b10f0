import { type Refusal, refuse } from '@/lib/act/refusal'
import { type Json, parseStrict } from '@/lib/record/canonical'
import { isMalformed } from '@/lib/record/malformed'
import { bodyOf } from './wire'

const MOST_JSON = 256 * 1024

/** The body's bytes; refused as soon as it is known to be too large, without reading the rest. */
export async function readBytes(request: Request, most: number): Promise<Uint8Array<ArrayBuffer> | Refusal> {
  const tooLarge = () =>
    refuse(
      'too_large',
      `The body is larger than ${most} bytes.`,
      'Send less at once; files go to the evidence address.',
    )
  if (Number(request.headers.get('content-length') ?? 0) > most) return tooLarge()
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of bodyOf(request) ?? []) {
    length += part.byteLength
    if (length > most) return tooLarge()
    parts.push(part)
  }
  return new Uint8Array(Buffer.concat(parts))
}

/**
 * A JSON body, strictly: valid UTF-8, no duplicate keys, no fractions, no lone surrogates. What two readers could understand
 * differently never gets to a command.
 */
export async function readJson(request: Request, most = MOST_JSON): Promise<Json | Refusal> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json')
    return refuse('unsupported', 'The body must be application/json.', 'Set the header Content-Type.')
  const bytes = await readBytes(request, most)
  if ('refused' in bytes) return bytes
  try {
    return parseStrict(bytes)
  } catch (thrown) {
    if (!isMalformed(thrown)) throw thrown
    return refuse('invalid', `The body can't be read: ${thrown.message}`, 'Correct it and send it again.')
  }
}
