import type { Told } from '../../case/event'

/**
 * What the API answers to a reader. Queries in `db/queries/` return these, the pages show these; nothing else crosses.
 * All times are UTC, `YYYY-MM-DDTHH:MM:SS.mmmZ`.
 */

/** Somebody as a reader sees them; `kind` picks the glyph. */
export type Who = { id: string; name: string; kind: 'human' | 'nhi' | 'system' }

/** Something has waited too long: since when that is on record and by which entry, whom it waits for, and who was told next. */
export type LateView = {
  event: number
  at: string
  waits_for: Who[]
  escalated_to: { who: Who; as: Told['as'] }[]
}

/** What one may do about a command now: the same rules as when it is sent, so that a button's reason is the server's. */
export type Offer = {
  command: string
  open: boolean
  /** Why not, and who can; empty when open. */
  reason: string
  code: string | null
}
