import { z } from 'zod'
import { instant, text } from './text'

const id = z.string().regex(/^[A-Za-z0-9_-]{1,80}$/, 'must be an id')

/** Which events of the history: the same words as in the history's own address. Times are instants, both belong to it. */
export const historyFilter = z.strictObject({
  q: text(200).optional(),
  /** The id of a case, of an identity, or `registry`. */
  case: id.optional(),
  actor: id.optional(),
  kind: z.enum(['case', 'nhi', 'registry']).optional(),
  /** A type, or a prefix that ends with a dot: `approval.`. */
  type: z
    .string()
    .regex(/^[a-z_.-]{1,60}$/, 'must be a type of event, or the beginning of one')
    .optional(),
  outcome: z.enum(['permitted', 'refused']).optional(),
  from: instant.optional(),
  to: instant.optional(),
})

export type HistoryWanted = z.output<typeof historyFilter>

/** What an export of the cases behind a history says of its filter, on the record. */
export function historyInWords({
  q,
  case: stream,
  actor,
  kind,
  type,
  outcome,
  from,
  to,
}: HistoryWanted): string {
  const parts = [
    actor ? `by ${actor}` : '',
    stream ? `in ${stream}` : '',
    kind ? `about ${{ case: 'cases', nhi: 'identities', registry: 'the organisation' }[kind]}` : '',
    type ? `of type ${type}${type.endsWith('.') ? '*' : ''}` : '',
    outcome ?? '',
    q ? `with the words “${q}”` : '',
    from ? `from ${from}` : '',
    to ? `until ${to}` : '',
  ].filter((part) => part !== '')
  return `with entries ${parts.join(', ') || 'of any kind'}`
}
