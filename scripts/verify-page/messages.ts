import type { Progress, Report, VerifyOptions } from '../../lib/record/verify'
import type { ShownEvent, ShownProof } from './shown'

/** What the page asks its worker. All of it happens on this machine: a File is a handle, and nothing is sent anywhere. */
export type Question =
  | { readonly ask: 'verify'; readonly bundle: File; readonly options: VerifyOptions }
  | { readonly ask: 'events'; readonly from: number; readonly count: number }
  | { readonly ask: 'proof'; readonly line: number }

export type Answer =
  | { readonly tell: 'progress'; readonly progress: Progress }
  | { readonly tell: 'report'; readonly report: Report; readonly milliseconds: number }
  | { readonly tell: 'events'; readonly from: number; readonly events: readonly ShownEvent[] }
  | { readonly tell: 'proof'; readonly proof: ShownProof | null }
  /** The bundle can't be read at all: a sentence, and what would help. */
  | { readonly tell: 'unreadable'; readonly sentence: string }
