import type { Checkpoint } from '../checkpoint'
import { entryBytes } from '../entry'
import { orNull } from '../malformed'
import { parseTlogProof, provesEntry } from '../tlog-proof'
import type { Chains } from './chain'
import type { Context } from './context'
import { EVENTS } from './events'
import { text } from './fields'
import { readText } from './reader'

export const HEAD_PROOF = 'data/log/head.tlog-proof'

export type Tail = {
  /** Where in the log the export itself is: what comes later can't be in the bundle. */
  readonly exportIndex: number | null
  readonly scope: 'case' | 'period' | 'everything'
}

/** Whether the bundle's end is fixed: its last event is the export itself, so that nothing can be cut off unnoticed. */
export async function checkTail(
  context: Context,
  chains: Chains,
  checkpoint: Checkpoint | null,
): Promise<Tail> {
  const { last } = chains
  const exported =
    last?.line.kind === 'event' && last.line.event.type === 'case.exported' ? last.line.event : null
  if (exported === null) {
    const where = last?.where ?? { file: EVENTS }
    context.report.add(
      'tail.open',
      'The last event is not the export itself: events may have been cut off.',
      where,
    )
  }
  const scope = text(exported?.data.scope)
  const tail: Tail = {
    exportIndex: exported === null ? null : (last?.index ?? null),
    scope: scope === 'period' || scope === 'everything' ? scope : 'case',
  }
  checkStarts(context, chains, tail)
  if (checkpoint !== null) await checkHeadProof(context, chains, checkpoint)
  return tail
}

function checkStarts({ report }: Context, { streams }: Chains, { scope }: Tail): void {
  for (const [stream, { first }] of streams) {
    const where = { file: EVENTS, case: stream, seq: first }
    if (first === 0) continue
    if (scope === 'period')
      report.add('chain.start_not_shown', `${stream} is shown from event ${first} on.`, where)
    else report.add('chain.gap', `The first events of ${stream}, up to ${first - 1}, are not there.`, where)
  }
}

async function checkHeadProof(
  { reader, report }: Context,
  { last }: Chains,
  checkpoint: Checkpoint,
): Promise<void> {
  const source = await readText(reader, HEAD_PROOF)
  if (source === null || last === null) return
  const proof = orNull(() => parseTlogProof(source))
  const isSame = proof?.checkpoint.size === checkpoint.size && proof.index === last.index
  if (proof && isSame && provesEntry({ ...proof, checkpoint }, entryBytes(last.line.entry))) return
  report.add('head.mismatch', 'head.tlog-proof does not prove the last event.', { file: HEAD_PROOF })
}
