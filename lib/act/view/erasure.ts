import type { Offer, Who } from './who'

/** A legal hold; `offers` say whether this reader may lift it. */
export type HoldView = {
  hold: string
  scope: 'case' | 'organisation'
  reason: string
  placed_by: Who
  at: string
  offers: Offer[]
}

/** An erasure that waits for a second person. */
export type ErasureView = {
  erasure: string
  reason: string
  requester: Who
  asked_at: string
  /** The entries of the record that are to lose their bodies. */
  seqs: number[]
  offers: Offer[]
}

type RetentionView = { rule: string; days: number; what: string[]; except: string[]; proposer: Who }

/** All that is held or to be erased, and the retention rule. */
export type ErasureDesk = {
  holds: HoldView[]
  cases: { id: string; number: number; title: string; holds: HoldView[]; erasures: ErasureView[] }[]
  retention: (RetentionView & { since: string }) | null
  proposed: RetentionView | null
  offers: Offer[]
}
