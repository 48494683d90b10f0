import type { Said } from '../act/facts'

/** An event whose body is to go: where it stands, and what stays of it. Nothing of what it said is in here. */
export type Erasing = Omit<Said, 'data'> & {
  /** The event's data without any text, so that whatever rested on the event still stands. */
  readonly left: unknown
}

/** How what people said leaves the record, and what keeps it there. */
export type ErasureEvent =
  | {
      type: 'erasure.requested'
      /** `requester` answers for it: the person to whom the second one is compared. */
      data: { erasure: string; reason: string; requester: string; events: Erasing[] }
    }
  | { type: 'erasure.agreed'; data: { erasure: string; requester: string } }
  | { type: 'erasure.refused'; data: { erasure: string; reason: string } }
  /** The body of event `seq`, whose digest is `body`, is gone: by an erasure that two people agreed on, or by a retention rule. */
  | {
      type: 'event.redacted'
      data: Erasing & { erasure: string | null; rule: string | null; reason: string }
    }
  /** Files that only erased events named are off the disk; `shared` ones stay, since another event names them. */
  | { type: 'evidence.removed'; data: { removed: number; shared: number } }
  | { type: 'hold.placed'; data: { hold: string; reason: string; placed_by: string } }
  | { type: 'hold.lifted'; data: { hold: string; reason: string; placed_by: string } }
