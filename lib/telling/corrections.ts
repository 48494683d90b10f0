import type { CaseEvent } from '../case/event'
import type { Sentence } from './sentence'

type Corrected = Extract<CaseEvent, { type: 'entry.corrected' }>['data']

export function correctionSentence({ seq, text, reason }: Corrected): Sentence {
  return { text: `corrected entry ${seq}`, quote: reason ? `${text}\nWhy: ${reason}` : text, entry: seq }
}

type Correcting = {
  readonly seq: number
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
}

/**
 * By which entries each entry of a stream was corrected, the newest first. What corrects a correction corrects, with it, the entry that
 * the correction is about.
 * @param entries oldest first
 */
export function correctionsIn<Entry extends Correcting>(
  entries: readonly Entry[],
): ReadonlyMap<number, readonly Entry[]> {
  const about = new Map<number, number>()
  const found = new Map<number, Entry[]>()
  for (const entry of entries) {
    const of = correctedBy(entry)
    if (of === null) continue
    about.set(entry.seq, of)
    for (let at: number | undefined = of; at !== undefined; at = about.get(at))
      found.set(at, [entry, ...(found.get(at) ?? [])])
  }
  return found
}

/** Of one stream's entries: the numbers of those that correct each, the newest first. */
export function correctorsIn(entries: readonly Correcting[]): (seq: number) => number[] {
  const found = correctionsIn(entries)
  return (seq) => found.get(seq)?.map((one) => one.seq) ?? []
}

/** The entry that this one corrects; always an earlier one. Null where it corrects none. */
export function correctedBy({ seq, type, data }: Correcting): number | null {
  const of = data.seq
  return type === 'entry.corrected' && typeof of === 'number' && of < seq ? of : null
}
