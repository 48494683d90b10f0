import { isMalformed, orNull } from '../malformed'
import type { Chains } from './chain'
import type { Context } from './context'
import { readLine } from './event'
import { EVENTS } from './events'
import type { NamingFact } from './facts'
import { readLines } from './reader'

/**
 * Each correction names an earlier event of its own stream, and just that one: by its digest, so that nobody can be made to have
 * corrected something else. Reads the events once more, if there is any correction among them.
 */
export async function checkCorrections(
  context: Context,
  corrections: readonly NamingFact[],
  { streams }: Chains,
): Promise<void> {
  const shown = corrections.filter(
    ({ case: stream, of }) => of === -1 || of >= (streams.get(stream)?.first ?? 0),
  )
  if (!shown.length) return
  const bodies = await bodiesOf(context, new Set(shown.map(placeOf)))
  for (const correction of shown) {
    const body = correction.of < correction.seq ? bodies.get(placeOf(correction)) : undefined
    if (body === undefined)
      context.report.add(
        'correction.unknown_event',
        'No earlier event here is the one that this corrects.',
        correction.where,
      )
    else if (body !== correction.body)
      context.report.add(
        'correction.mismatch',
        'The event that this corrects had another digest.',
        correction.where,
      )
  }
}

function placeOf({ case: stream, of }: Pick<NamingFact, 'case' | 'of'>): string {
  return `${stream}/${of}`
}

/** The digests of the events at these places; of one that was erased, the one that stands for it. */
async function bodiesOf({ reader }: Context, places: ReadonlySet<string>): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  try {
    for await (const bytes of readLines(reader, EVENTS)) {
      const entry = orNull(() => readLine(bytes))?.entry
      const place = entry && placeOf({ case: entry.case, of: entry.seq })
      if (place !== undefined && places.has(place) && !found.has(place)) found.set(place, entry?.body ?? '')
    }
  } catch (thrown) {
    // Where a line is broken off, whoever read it first has said so.
    if (!isMalformed(thrown)) throw thrown
  }
  return found
}
