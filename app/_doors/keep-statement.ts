import { isKept } from '@/db/content'
import { type Refusal, refuse } from '@/lib/act/refusal'
import type { Doors } from './deps'

const LONGEST = 8_000

/** What somebody puts their name to is kept, byte for byte, before the record speaks of it: exports hand it on. */
export async function keepStatement(
  { content }: Pick<Doors, 'content'>,
  org: string,
  input: unknown,
): Promise<Refusal | null> {
  if (
    typeof input !== 'object' ||
    input === null ||
    !('statement' in input) ||
    typeof input.statement !== 'string'
  )
    return null
  if (!input.statement || input.statement.length > LONGEST) return null
  const kept = await content.keep(org, [new TextEncoder().encode(input.statement)], 4 * LONGEST)
  return isKept(kept)
    ? null
    : refuse(
        'unavailable',
        'The statement could not be stored: the disk is full.',
        'Try again once an administrator has made room.',
      )
}
