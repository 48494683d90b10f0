import { fileTypeFromBuffer } from 'file-type'
import { isKept, type Kept } from '@/db/content'
import { type Refusal, refuse } from '@/lib/act/refusal'
import { mask } from '@/lib/chat/mask'
import type { Doors } from './deps'

export type Upload = Kept & {
  readonly media_type: string
  readonly kind: 'file' | 'text'
  readonly masked: number
}

/** Up to here a text is searched for secrets; a longer one is refused rather than kept unsearched. */
const MOST_TEXT = 2 * 1024 * 1024

/** Keeps evidence: text with its secrets masked, anything else as it is. Nothing unmasked touches the disk. */
export async function keepUpload(
  { content, settings, fingerprintKey }: Doors,
  org: string,
  body: ReadableStream<Uint8Array>,
): Promise<Upload | Refusal> {
  const parts = body[Symbol.asyncIterator]()
  const start = await begin(parts, MOST_TEXT + 1)
  const text = textOf(start.bytes, start.ended)
  if (text !== null && !start.ended) {
    await parts.return?.()
    return refuse(
      'too_large',
      `Text over ${MOST_TEXT} bytes can't be searched for secrets.`,
      'Attach the part that matters.',
    )
  }
  const masked = text === null ? null : await mask(text, fingerprintKey)
  const all = masked ? [Buffer.from(masked.text)] : joined(start.bytes, parts)
  const kept = await content.keep(org, all, settings.maxEvidence)
  if (!isKept(kept)) return no(kept.notKept, settings.maxEvidence)
  const media_type =
    text === null
      ? ((await fileTypeFromBuffer(start.bytes))?.mime ?? 'application/octet-stream')
      : 'text/plain; charset=utf-8'
  return { ...kept, media_type, kind: text === null ? 'file' : 'text', masked: masked?.secrets.length ?? 0 }
}

function no(why: 'too_large' | 'no_space' | 'empty', most: number): Refusal {
  switch (why) {
    case 'too_large':
      return refuse(
        'too_large',
        `The file is larger than ${most} bytes.`,
        'Attach the part that matters, or a link to where it is kept.',
      )
    case 'no_space':
      return refuse(
        'unavailable',
        'The server has no room for this file: nothing was attached.',
        'Tell an administrator, then try again.',
      )
    case 'empty':
      return refuse('invalid', 'The file is empty.', 'Attach one with content.')
  }
}

async function begin(
  parts: AsyncIterator<Uint8Array>,
  enough: number,
): Promise<{ bytes: Buffer; ended: boolean }> {
  const read: Uint8Array[] = []
  let length = 0
  while (length < enough) {
    const { done, value } = await parts.next()
    if (done) return { bytes: Buffer.concat(read), ended: true }
    read.push(value)
    length += value.byteLength
  }
  return { bytes: Buffer.concat(read), ended: false }
}

async function* joined(start: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (start.byteLength) yield start
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}

/** UTF-8 without NUL counts as text, whatever the file is called; a character cut at the end of a first part is left out. */
function textOf(bytes: Uint8Array, ended: boolean): string | null {
  if (bytes.includes(0)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !ended })
  } catch {
    return null
  }
}
