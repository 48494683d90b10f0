import type { Who } from './who'

/** How far the record has got with an event. */
export type Seal = { status: 'recorded' | 'sealed' | 'witnessed'; hash: string; index: number | null }

export type Entry = {
  seq: number
  type: string
  at: string
  who: Who
  via: string
  acr: string
  data: Record<string, unknown>
  policy: { decision: string; rule: string; bundle: string; decision_id: string }
  correlation: string | null
  cause: string | null
  /** Its body was erased: `data` is empty, and of `policy` nothing is known. */
  erased: boolean
  /** By whom and why, where the reader asked for it; `data` is then what is left. */
  erasure: { at: string; by: Who; reason: string; rule: string | null; event: number } | null
  seal: Seal
}

/** An entry that stands without those that correct it: by their numbers, the newest first. */
export type MarkedEntry = Entry & { corrected_by: number[] }

export type HistoryRow = MarkedEntry & { stream: string; number: number | null; title: string | null }

export type HistoryPage = {
  rows: HistoryRow[]
  next: string | null
  /** Set when the search went as far back as one request may: there is more to look through, from here. */
  searched_to: string | null
}

/** How many cases stand behind a history, for whoever is about to export them; `words`: what goes on record about the filter. */
export type CasesBehind = { cases: number; entries: number; words: string }

/** A question to the history under a name; `query` is the history page's own query string. */
export type SavedView = {
  id: string
  name: string
  query: string
  mine: boolean
  by: string
  saved_at: string
}
