import type { Actor } from '../identity/actor'
import type { Carried } from './carried'
import type { Facts, Wanted } from './facts'
import type { StreamKind } from './spec'
import type { Effect } from './stream'

/** What was answered under an idempotency key, with the digest of the command that it answered. */
export type Answered = { readonly digest: string; readonly receipt: Receipt }

/** What a command that was taken led to. */
export type Receipt = {
  readonly stream: string
  readonly version: number
  readonly events: readonly { readonly seq: number; readonly type: string }[]
  /** Ids that it made, by kind: `{ request: 'req_...' }`. */
  readonly ids: Readonly<Record<string, string>>
}

/** A stream as it stands, with what else the command needs: one round trip. */
export type Page = {
  readonly version: number
  readonly head: string | null
  readonly state: unknown
  /** The database's clock, not before the stream's last event. */
  readonly now: string
  readonly facts: Facts
  readonly answered: Answered | null
}

/** An event ready to be kept: its exact bytes, and what the indexes need. */
export type Sealable = {
  readonly seq: number
  readonly type: string
  readonly bytes: Uint8Array
  /** SHA-256 of the bytes, hexadecimal. */
  readonly hash: string
}

export type Writing = {
  readonly actor: Actor
  readonly kind: StreamKind
  readonly stream: string
  /** Version that the decision was made on: anything else and nothing is written. */
  readonly from: number
  readonly at: string
  readonly events: readonly Sealable[]
  readonly carried: readonly Carried[]
  readonly correlation: string
  /** The state before and after; parts that did not change are the same objects. */
  readonly before: unknown
  readonly state: unknown
  readonly effects: readonly Effect[]
  readonly key: string
  readonly answered: Answered | null
}

/** `moved`: somebody was faster, look again. `taken`: a unique key (a message, a secret) belongs to another case by now. */
export type Written = 'written' | 'moved' | 'taken'

/** Where streams are kept. Everything about a command is written in one transaction, or nothing. */
export type Ledger = {
  open(actor: Actor, kind: StreamKind, stream: string, key: string, wanted: Wanted): Promise<Page>
  write(writing: Writing): Promise<Written>
  /** Runs `work` while nobody else writes to the stream: the way out when several keep overtaking each other. */
  alone<T>(actor: Actor, stream: string, work: (ledger: Ledger) => Promise<T>): Promise<T>
}
