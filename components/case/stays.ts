import type { Entry } from '@/lib/act/view/entry'
import type { Stage } from '@/lib/case/event'

/** How long a case was in a stage at a stretch; `until` is null while it still is. Milliseconds. */
export type Stay = {
  /** The entry of the record that began it. */
  readonly seq: number
  readonly stage: Exclude<Stage, 'closed'>
  readonly from: string
  readonly until: string | null
  readonly ms: number
}

/** Where a case has been, in order, from its record: the time that it lay closed between is left out. */
export function staysOf(
  timeline: readonly Pick<Entry, 'seq' | 'type' | 'at' | 'data'>[],
  now: number,
): Stay[] {
  const moves = timeline.filter(({ type }) => type === 'case.state')
  return moves.flatMap(({ seq, at, data }, index): Stay[] => {
    const stage = data.to as Stage
    if (stage === 'closed') return []
    const until = moves[index + 1]?.at ?? null
    const ms = Math.max(0, (until === null ? now : Date.parse(until)) - Date.parse(at))
    return [{ seq, stage, from: at, until, ms }]
  })
}
