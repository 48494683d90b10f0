import { type AnyEnvelope, envelopeIn, type Redaction, redactionsIn } from '@/lib/act/refold'
import { ERASED } from '@/lib/case/erasable'
import { visibleText } from '@/lib/chat/visible'
import { correctionsIn } from '@/lib/telling/corrections'
import type { NameOf } from '@/lib/telling/words'
import type { Row } from '../pages'
import { moment } from './cover'

/** What an entry was corrected to, as people are told of it: hidden characters are spelled out. */
export type ToldCorrection = {
  readonly seq: number
  readonly at: string
  readonly who: string
  readonly text: string
}

/** The corrections of an entry, the newest first: whoever reads it reads with it what is right. */
export type CorrectionsOf = (stream: string, seq: number) => readonly ToldCorrection[]

const CORRECTED = 'entry.corrected'
/** The types of events that say what was corrected, or what is left of such an event once it was erased. */
export const CORRECTING: readonly string[] = [CORRECTED, 'event.redacted']

/** Reads an export's corrections, which are few, before its entries are told: a correction comes later than what it is about. */
export async function correctionsFrom(rows: AsyncIterable<Row>, name: NameOf): Promise<CorrectionsOf> {
  const streams = new Map<string, { corrections: Row[]; redactions: AnyEnvelope[] }>()
  for await (const row of rows) {
    const of = streams.get(row.stream) ?? { corrections: [], redactions: [] }
    if (row.type === CORRECTED) of.corrections.push(row)
    else if (row.body)
      of.redactions.push(...[envelopeIn(row.body)].filter(({ data }) => data.type === CORRECTED))
    if (of.corrections.length) streams.set(row.stream, of)
  }
  const told = new Map<string, ReturnType<typeof correctionsIn<Correcting>>>()
  for (const [stream, { corrections, redactions }] of streams) {
    const erased = redactionsIn(redactions)
    told.set(stream, correctionsIn(corrections.map((row) => correcting(row, erased.get(row.seq), name))))
  }
  return (stream, seq) => told.get(stream)?.get(seq) ?? []
}

/** `corrected in No. 12 by Ada Okafor, 2026-03-02 08:04:14 UTC` */
export function howCorrected({ seq, at, who }: ToldCorrection): string {
  return `corrected in No. ${seq} by ${who}, ${moment(at)}`
}

type Correcting = ToldCorrection & { readonly type: string; readonly data: Readonly<Record<string, unknown>> }

function correcting({ seq, type, body }: Row, left: Redaction | undefined, name: NameOf): Correcting {
  const said = body ? envelopeIn(body) : left && { ...left, data: left.left as AnyEnvelope['data'] }
  if (!said) return { seq, type, at: '', who: '', text: ERASED, data: {} }
  const { at, actor, data } = said
  return { seq, type, at, who: visibleText(name(actor.id)), text: visibleText(String(data.text ?? '')), data }
}
