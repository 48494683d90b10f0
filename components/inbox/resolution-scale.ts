import type { Resolved } from '@/lib/act/view/resolution'

/** Nobody closes a case faster than this, so it is where the scale begins. */
const MINUTE = 60

/** The longest time that is drawn, in seconds. */
export function scaleOf(all: Omit<Resolved, 'severity'>, severities: readonly Resolved[]): number {
  return Math.max(
    ...[all, ...severities].flatMap(({ confirmed, closed }) => [confirmed?.p90_s ?? 0, closed.p90_s]),
  )
}

/** How far a time reaches, of 100: each tenfold of it is as long as the tenfold before. Never nothing, so that it is seen. */
export function lengthOf(seconds: number, longest: number): number {
  if (seconds <= MINUTE || longest <= MINUTE) return seconds > 0 && longest <= MINUTE ? 100 : 1
  return Math.max(1, (Math.log(seconds / MINUTE) / Math.log(longest / MINUTE)) * 100)
}
