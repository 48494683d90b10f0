import { fileTypeFromBuffer } from 'file-type'
import { type Begun, readOn, whole } from '@/db/content/parts'
import { isKept, type Kept } from '@/db/content/store'
import { type Refusal, refuse } from '@/lib/act/refusal'
import { mask } from '@/lib/chat/mask'
import type { Doors } from './deps'

/** A file that may be kept: all of it, or a large one's parts. */
export type Upload = {
  readonly content: Buffer | AsyncIterable<Uint8Array>
  readonly media_type: string
  readonly kind: 'file' | 'text'
  /** Secrets that are no longer in it. */
  readonly masked: number
}

/** Up to here a text is searched for secrets; a longer one is refused rather than kept unsearched. */
const MOST_TEXT = 2 * 1024 * 1024

export const EMPTY = refuse('invalid', 'The file is empty.', 'Send its bytes as the body.')

export function tooLarge(most: number): Refusal {
  return refuse(
    'too_large',
    `The file is larger than ${most} bytes.`,
    'Attach the part that matters, or a link to where it is kept.',
  )
}

/** Text with its secrets masked, anything else as it is. */
export async function searched(begun: Begun, fingerprintKey: string): Promise<Upload | Refusal> {
  const { bytes, rest } = await readOn(begun, MOST_TEXT + 1)
  if (bytes.length === 0) return EMPTY
  const text = textOf(bytes, rest === null)
  if (text === null) {
    const media_type = (await fileTypeFromBuffer(bytes))?.mime ?? 'application/octet-stream'
    return { content: rest ? whole({ bytes, rest }) : bytes, media_type, kind: 'file', masked: 0 }
  }
  if (rest) {
    await rest.return?.()
    return refuse(
      'too_large',
      `Text over ${MOST_TEXT} bytes can't be searched for secrets.`,
      'Attach the part that matters.',
    )
  }
  const masked = await mask(text, fingerprintKey)
  const media_type = 'text/plain; charset=utf-8'
  return { content: Buffer.from(masked.text), media_type, kind: 'text', masked: masked.secrets.length }
}

/** On the disk when this answers, or refused. */
export async function keepUpload(
  { content, settings }: Doors,
  org: string,
  upload: Upload,
): Promise<Kept | Refusal> {
  const parts = Buffer.isBuffer(upload.content) ? [upload.content] : upload.content
  const kept = await content.keep(org, parts, settings.maxEvidence)
  return isKept(kept) ? kept : no(kept.notKept, settings.maxEvidence)
}

function no(why: 'too_large' | 'no_space' | 'empty', most: number): Refusal {
  switch (why) {
    case 'too_large':
      return tooLarge(most)
    case 'no_space':
      return refuse(
        'unavailable',
        'The server has no room for this file: nothing was attached.',
        'Tell an administrator, then try again.',
      )
    case 'empty':
      return EMPTY
  }
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
