const DAY = 86_400_000

/** The UTC day of an instant: `2026-03-02T09:00:00.000Z` -> `2026-03-02`. */
export function dayOf(instant: string): string {
  return instant.slice(0, 10)
}

export function daysAfter(day: string, days: number): string {
  return dayOf(new Date(Date.parse(day) + days * DAY).toISOString())
}

/** How many days lie between two days; negative when the second is the earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY)
}
