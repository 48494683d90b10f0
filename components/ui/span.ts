const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
] as const

/** A length of time in the two largest units that matter: `3 d 4 h`, `12 min`. Milliseconds in. */
export function span(ms: number): string {
  const length = Math.abs(ms)
  const first = UNITS.findIndex(([, size]) => length >= size)
  if (first === -1) return 'under 1 min'
  const [unit, size] = UNITS[first] ?? UNITS[2]
  const whole = Math.floor(length / size)
  const next = UNITS[first + 1]
  const rest = next && whole < 3 ? Math.floor((length % size) / next[1]) : 0
  return rest > 0 && next ? `${whole} ${unit} ${rest} ${next[0]}` : `${whole} ${unit}`
}

/** `4 min ago`, `in 3 h`. */
export function relative(at: string, now: number): string {
  const ms = Date.parse(at) - now
  if (Math.abs(ms) < 45_000) return 'just now'
  return ms < 0 ? `${span(ms)} ago` : `in ${span(ms)}`
}

/** The reader's own clock: the time today, else the day too, else the year too. */
export function local(at: string, now: number): string {
  const date = new Date(at)
  const time = date.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const today = new Date(now)
  if (date.toDateString() === today.toDateString()) return time
  const year = date.getFullYear() === today.getFullYear() ? undefined : ('numeric' as const)
  return `${date.toLocaleDateString(undefined, { day: 'numeric', month: 'short', year })}, ${time}`
}

/** `2026-05-04 09:12:33 UTC`, shown on hover. */
export function utc(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`
}

/** `1.4 MB` and so on, in powers of 1000. */
export function size(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(1)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
