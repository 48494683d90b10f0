import type { Severity } from '../../case/event'

/** The periods that one can look at, in days. */
export const PERIODS = [30, 90] as const
export type Period = (typeof PERIODS)[number]

/** How long it took, in whole seconds since the finding was promoted: half took no longer than `median_s`, nine in ten no longer than `p90_s`. */
export type Took = { cases: number; median_s: number; p90_s: number }

/** Cases of one severity that were closed in a period. */
export type Resolved = {
  /** Null for those that were dismissed before anybody set one. */
  severity: Severity | null
  cases: number
  /** Until somebody confirmed that it was real; of those that were. Null when none was. */
  confirmed: Took | null
  /** Until the case was closed, for the last time where it was reopened. */
  closed: Took
  /** How many had a due time, which an assignment sets, and how many of these were closed by then. */
  due: number
  in_time: number
}

/** How the cases that were closed since `since` went. */
export type Resolution = {
  at: string
  since: string
  days: Period
  /** Null when none was closed. */
  all: Omit<Resolved, 'severity'> | null
  /** Only those of which there were any, the gravest first. */
  severities: Resolved[]
}
