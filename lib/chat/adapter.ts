/**
 * What a chat platform can do for On Record, and all it can do. A platform asks, shows and observes.
 * There is no approve, no refuse and no execute here, and a door has nothing else to call (C01).
 *
 * `verify` and `parse` are pure: recorded payloads test them. Everything `Inbound` holds is unmasked text from outside:
 * mask it before it is stored, shown or logged.
 */
import type { Category, Severity, Snapshot } from '../case/event'
import type { Permalink } from './permalink'

export type ChatPlatform = 'slack' | 'teams'

/** Who did it, by the platform's own ids. `name` is what the person chose to be called: never an identity. */
export type ChatPerson = { platform: ChatPlatform; team: string; user: string; name: string }

/** Where a message is. `thread_ts` is null outside a thread, and for a thread's first message. */
export type MessagePlace = {
  platform: ChatPlatform
  team: string | null
  channel: string
  channel_name: string | null
  ts: string
  thread_ts: string | null
}

/** The message as the signed request carried it: what is left when we may not read the channel ourselves. */
export type DeliveredMessage = {
  author: string
  author_id: string | null
  author_flags: string[]
  said_at: string
  text: string
  files: number
}

export type CardAction = 'confirm' | 'assign_me' | 'comment'

/** What the promotion form says. `existing` answers "this message is already on record". */
export type FormValues = {
  title: string
  category: Category
  severity: Severity | null
  note: string | null
  existing: 'add' | 'separate' | null
}

type Base = {
  /** Unique per delivery: insert it in the inbox first; a second insert is a replay. */
  dedupe: string
}

export type Inbound = Base &
  (
    | {
        kind: 'promote'
        by: ChatPerson
        /** Null when only a link was given, or nothing at all: then `link` says what was typed. */
        place: MessagePlace | null
        delivered: DeliveredMessage | null
        link: string | null
        /** For `openForm`, valid for three seconds and once. */
        trigger: string | null
        /** For `tell`. */
        respond: string | null
      }
    | { kind: 'form_submit'; by: ChatPerson; draft: string; values: FormValues }
    | {
        kind: 'card_action'
        by: ChatPerson
        action: CardAction
        /** What the button carries: check it with `openCardValue` before anything else. */
        value: string
        channel: string | null
        /** The card's own message. */
        card_ts: string | null
        /** The text of a comment; null when the button was pressed and the form is still to be opened. */
        text: string | null
        trigger: string | null
        respond: string | null
      }
    | {
        kind: 'observed'
        change: 'edited' | 'deleted'
        place: MessagePlace
        author_id: string | null
        /** The new text; null when deleted. */
        text: string | null
        observed_at: string
      }
    | {
        kind: 'observed'
        change: 'replied'
        place: MessagePlace
        said: DeliveredMessage
        observed_at: string
      }
    | { kind: 'link_seen'; place: MessagePlace; links: string[] }
    | { kind: 'lifecycle'; what: 'url_verification'; challenge: string }
    | { kind: 'lifecycle'; what: 'uninstalled'; challenge: null }
    | { kind: 'ignore'; why: string }
  )

declare const checked: unique symbol
/** Proof that a request came from the platform. Made by `verify` alone. */
export type Verified = {
  readonly [checked]: true
  /** For the record: `slack-v0-hmac`. The check convinces us, not an auditor: both sides know the key. */
  readonly scheme: string
  readonly at: string
  /** SHA-256 of the raw body, hexadecimal. */
  readonly raw_sha256: string
}
/** Answer 401 and nothing else; `why` goes to the log. */
export type Unverified = { readonly refused: 'no_signature' | 'stale' | 'mismatch'; readonly why: string }

export type Limits = {
  /** At most so many messages of a thread. */
  messages: number
  /** How long to wait in all when the platform says "not now", in milliseconds. */
  patience: number
}

/** `snapshot` is not masked yet: `maskSnapshot` comes next. */
export type Captured = { snapshot: Snapshot; files: { name: string; bytes: number; message_id: string }[] }
export type NotSeen = {
  seen: false
  why: 'not_a_member' | 'app_not_in_channel' | 'no_such_channel' | 'missing_scope' | 'unavailable'
}
export type Seen = { seen: true }

/** A reply in the case's thread: it calls people by the platform's own ids and leads to the desk. `seq`: the entry of the record that it tells of. */
export type Notice = {
  case: string
  seq: number
  calls: string[]
  sentence: string
  link: { url: string; text: string }
}

export type PostedCard = { channel: string; ts: string; how: 'posted' | 'updated' | 'found' }

export type ChatAdapter<Form, Card> = {
  readonly platform: ChatPlatform
  verify(headers: Headers, rawBody: Uint8Array, now: Date): Verified | Unverified
  parse(verified: Verified, rawBody: Uint8Array): Inbound[]
  parsePermalink(link: string): Permalink | null
  /** The bot's reach is not the person's: ask before fetching a link that somebody pasted. */
  canSee(person: ChatPerson, place: Pick<MessagePlace, 'channel'>): Promise<Seen | NotSeen>
  capture(place: MessagePlace, limits: Limits, now: Date): Promise<Captured | NotSeen>
  /** What somebody is called, and what there is to know about the account; their id where the platform doesn't say. */
  nameOf(user: string, team: string | null): Promise<{ name: string; flags: string[] }>
  openForm(trigger: string, form: Form): Promise<'opened' | 'too_late' | 'failed'>
  /** Posts the card, or updates it where it already stands: never two. */
  postCard(
    place: Pick<MessagePlace, 'channel' | 'ts' | 'thread_ts'>,
    card: Card,
    known: string | null,
  ): Promise<PostedCard>
  findOwnCard(
    place: Pick<MessagePlace, 'channel' | 'ts' | 'thread_ts'>,
    caseId: string,
  ): Promise<string | null>
  /** Says it in the thread once, however often it is asked to. */
  postNotice(
    place: Pick<MessagePlace, 'channel' | 'ts' | 'thread_ts'>,
    notice: Notice,
  ): Promise<'posted' | 'found'>
  /** Tells one person something, visible to nobody else. */
  tell(respond: string, text: string): Promise<boolean>
}
