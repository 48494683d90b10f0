import { KINDS } from '@/lib/act/kinds'
import type { StreamKind } from '@/lib/act/spec'
import { utf8 } from '@/lib/record/bytes'
import type { Row } from '../pages'
import type { CorrectionsOf } from './corrections'
import { type Cover, coverage, NOT_EVIDENCE } from './cover'
import { envelopeOf } from './told'

type Folding = { readonly kind: StreamKind; state: unknown }

/**
 * `case.json`: each stream with its events and the state that they fold to, for programs that read no proofs. `corrected_by`: the
 * numbers of the events that correct this one, the newest first.
 */
export async function* caseJson(
  rows: AsyncIterable<Row>,
  cover: Cover,
  correctionsOf: CorrectionsOf,
): AsyncGenerator<Uint8Array> {
  const about = {
    note: NOT_EVIDENCE,
    export: cover.id,
    covers: coverage(cover),
    organization: cover.organization,
  }
  yield utf8(`{"about":${JSON.stringify(about)},\n"streams":[`)
  let stream: string | null = null
  let folding: Folding | null = null
  for await (const row of rows) {
    if (row.stream !== stream) {
      if (stream !== null) yield utf8(`${ending(folding)},`)
      stream = row.stream
      folding = begin(stream)
      yield utf8(`\n{"id":${JSON.stringify(stream)},"events":[\n`)
    } else yield utf8(',\n')
    const envelope = envelopeOf(row)
    if (envelope) fold(folding, envelope)
    const corrected_by = correctionsOf(row.stream, row.seq).map(({ seq }) => seq)
    yield utf8(JSON.stringify({ ...shown(row, envelope), ...(corrected_by.length ? { corrected_by } : {}) }))
  }
  yield utf8(`${stream === null ? '' : ending(folding)}\n]}\n`)
}

function shown({ seq, index, type }: Row, envelope: ReturnType<typeof envelopeOf>) {
  if (!envelope) return { seq, index, type, erased: true }
  const { at, actor, policy, data } = envelope
  return { seq, index, at, type, actor, policy, data }
}

function begin(stream: string): Folding | null {
  const kind = stream.startsWith('case_') ? 'case' : stream.startsWith('nhi_') ? 'nhi' : null
  return kind && { kind, state: KINDS[kind].stream.initial }
}

function fold(
  folding: Folding | null,
  { case: stream, seq, at, type, actor, data }: NonNullable<ReturnType<typeof envelopeOf>>,
) {
  if (folding === null) return
  const by = { id: actor.id, kind: actor.kind, owner: actor.owner ?? actor.id }
  folding.state = KINDS[folding.kind].stream.evolve(
    folding.state,
    { type, data },
    { stream, seq, at, actor: by },
  )
}

function ending(folding: Folding | null): string {
  return folding ? `\n],"state":${JSON.stringify(folding.state)}}` : '\n]}'
}
