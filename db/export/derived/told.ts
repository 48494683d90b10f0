import { ERASED } from '@/lib/case/erasable'
import { visibleText } from '@/lib/chat/visible'
import { fromUtf8 } from '@/lib/record/bytes'
import type { Envelope } from '@/lib/record/envelope'
import { sentence } from '@/lib/telling/sentence'
import type { NameOf } from '@/lib/telling/words'
import type { Row } from '../pages'
import type { CorrectionsOf, ToldCorrection } from './corrections'

/** An event as people are told of it. All text in it is safe to look at: hidden characters are spelled out (lib/chat/visible). */
export type Told = {
  readonly stream: string
  /** Of the case, when the stream is one. */
  readonly about: About | null
  readonly seq: number
  readonly index: number
  readonly at: string
  readonly type: string
  readonly actor: Envelope['actor']
  readonly who: string
  readonly what: string
  /** Somebody's own words. */
  readonly said: string
  readonly policy: Envelope['policy']
  readonly correlation: string
  readonly sha256: string
  readonly data: Record<string, unknown>
  /** What it was corrected to since, the newest first. */
  readonly corrections: readonly ToldCorrection[]
}
export type About = { readonly number: number; readonly title: string; readonly severity: string | null }

/** Tells the events of an export in their order. What a case is called is known from its own events. */
export async function* told(
  rows: AsyncIterable<Row>,
  name: NameOf,
  correctionsOf: CorrectionsOf,
): AsyncGenerator<Told> {
  let stream = ''
  let about: About | null = null
  for await (const row of rows) {
    if (row.stream !== stream) about = null
    stream = row.stream
    const envelope = envelopeOf(row)
    about = envelope ? aboutAfter(about, envelope) : about
    const entry = envelope ? tell(row, envelope, about, name) : erased(row, about)
    yield { ...entry, corrections: correctionsOf(row.stream, row.seq) }
  }
}

type AnyEvent = Envelope<string, Record<string, unknown>>

/** Null once its body has been erased. */
export function envelopeOf({ body }: Pick<Row, 'body'>): AnyEvent | null {
  return body && JSON.parse(fromUtf8(body))
}

const NOBODY: Told['actor'] = { id: '', kind: 'system', via: 'job', auth: { acr: '', amr: [], auth_time: 0 } }
const NO_DECISION: Told['policy'] = { bundle: '', decision: '', decision_id: '', rule: '' }

/** What is told of an event whose body was erased: its kind, its place and its digest. Who did it and why is in a later event. */
function erased({ stream, seq, index, type, hash }: Row, about: About | null): Omit<Told, 'corrections'> {
  const nothing = { at: '', who: '', what: ERASED, said: '', correlation: '', data: {} }
  return {
    stream,
    about,
    seq,
    index,
    type,
    actor: NOBODY,
    policy: NO_DECISION,
    sha256: hash.toString('hex'),
    ...nothing,
  }
}

function aboutAfter(about: About | null, { type, data }: AnyEvent): About | null {
  const { number, title, severity } = data
  if (type === 'finding.promoted' && typeof number === 'number' && typeof title === 'string')
    return { number, title: visibleText(title), severity: typeof severity === 'string' ? severity : null }
  if (about && type === 'case.titled' && typeof title === 'string')
    return { ...about, title: visibleText(title) }
  if (about && type === 'severity.set' && typeof severity === 'string') return { ...about, severity }
  return about
}

function tell(row: Row, envelope: AnyEvent, about: About | null, name: NameOf): Omit<Told, 'corrections'> {
  const { seq, at, type, actor, data, policy, correlation } = envelope
  const { text, quote } = sentence({ type, data }, name)
  return {
    stream: row.stream,
    about,
    seq,
    index: row.index,
    at,
    type,
    actor,
    who: visibleText(name(actor.id)),
    what: visibleText(text),
    said: visibleText(quote ?? wordsIn(data)),
    policy,
    correlation: correlation ?? '',
    sha256: row.hash.toString('hex'),
    data,
  }
}

/** What was written, where the sentence doesn't quote it. */
function wordsIn({ text, note, snapshot }: Record<string, unknown>): string {
  if (typeof text === 'string') return text
  if (typeof note === 'string') return note
  const messages = (snapshot as { messages?: { text?: unknown }[] } | null | undefined)?.messages
  return messages?.map((message) => (typeof message.text === 'string' ? message.text : '')).join('\n') ?? ''
}
