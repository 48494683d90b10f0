import type { Category } from '../case/event'

/** What a retention rule may name: reasons and decisions stay as long as the case does. */
export const RETAINABLE = ['messages', 'comments', 'evidence'] as const

type Rule = {
  rule: string
  days: number
  what: (typeof RETAINABLE)[number][]
  except: Category[]
}

export type RetentionEvent =
  | { type: 'hold.placed'; data: { hold: string; reason: string; placed_by: string } }
  | { type: 'hold.lifted'; data: { hold: string; reason: string; placed_by: string } }
  | { type: 'retention.proposed'; data: Rule & { proposer: string } }
  /** The rule is in force from here until another is, or until it is stopped. */
  | { type: 'retention.agreed'; data: Rule & { proposer: string } }
  | { type: 'retention.refused'; data: { rule: string; reason: string } }
  | { type: 'retention.stopped'; data: { rule: string; reason: string } }
