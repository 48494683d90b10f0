/** How it stands with the log: times in seconds, 0 where nothing waits. */
export type LogHealth = {
  readonly size: number
  readonly witnessed_size: number
  /** For how long an event has waited for its place in the log. */
  readonly unsealed: number
  /** For how long a checkpoint has waited for enough cosignatures; 0 without witnesses, too. */
  readonly unwitnessed: number
  /** Why the sequencer doesn't sign, while it doesn't. */
  readonly refusal: { readonly reason: string; readonly since: string } | null
}

/** Seals within a second when all is well: this long is long enough to look. */
const LATE_SEALING = 30

/** What somebody should look at now, the worst first (C26). @param lateAfter seconds without enough cosignatures */
export function logAlerts({ unsealed, unwitnessed, refusal }: LogHealth, lateAfter: number): string[] {
  const alerts: string[] = []
  if (refusal) alerts.push(`Nothing is sealed: ${refusal.reason}`)
  else if (unsealed > LATE_SEALING)
    alerts.push(`Events have waited ${span(unsealed)} to be sealed. Look whether the sequencer runs.`)
  if (unwitnessed > lateAfter)
    alerts.push(
      `Sealed events have waited ${span(unwitnessed)} to be witnessed, and critical actions wait as well. Look at the witnesses below.`,
    )
  return alerts
}

function span(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} seconds`
  return seconds < 7_200 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds / 3_600)} hours`
}
