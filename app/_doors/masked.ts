import { mask } from '@/lib/chat/mask'
import type { Doors } from './deps'

/** The fields in which people write, whatever the command: their names are the same in all of them. */
export const PROSE = [
  'title',
  'text',
  'note',
  'reason',
  'purpose',
  'summary',
  'lessons',
  'correction',
  'label',
  'reach',
]

/** Longer than any command takes: it is refused as it is, and kept nowhere. */
const LONGEST = 40_000

/** What somebody typed, without the secrets in the fields in which people write: nothing behind the door has seen them. */
export async function withoutSecrets(
  { fingerprintKey }: Pick<Doors, 'fingerprintKey'>,
  input: unknown,
): Promise<unknown> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input
  const typed = Object.entries(input).filter(([name]) => PROSE.includes(name))
  const masked = await Promise.all(
    typed.map(async ([name, text]) =>
      typeof text === 'string' && text.length <= LONGEST && text.isWellFormed()
        ? [name, (await mask(text, fingerprintKey)).text]
        : [name, text],
    ),
  )
  return { ...input, ...Object.fromEntries(masked) }
}
