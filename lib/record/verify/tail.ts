import { entryBytes } from '../entry'
import { orNull } from '../malformed'
import { parseTlogProof, provesEntry } from '../tlog-proof'
import type { Chains } from './chain'
import type { Context } from './context'
import { EVENTS } from './events'
import { readAnyText } from './reader'
import { REGISTRY_STREAM, type Registry } from './registry'
import { checkPeriod, checkScope, type Scope, scopeOf } from './scope'
import type { Head } from './trust'

/** An export of one case is the last event of that case; a wider one is an event of the registry. */
const EXPORTED = ['case.exported', 'record.exported']

const HEAD_PROOF = 'data/log/head.tlog-proof'

export type Tail = {
  /** Where in the log the export itself is: what comes later can't be in the bundle. */
  readonly exportIndex: number | null
  readonly scope: Scope
}

/** Whether the bundle's end is fixed: its last event is the export itself, so that nothing can be cut off unnoticed. */
export async function checkTail(
  context: Context,
  chains: Chains,
  head: Head | null,
  registry: Registry,
): Promise<Tail> {
  const { last } = chains
  const exported =
    last?.line.kind === 'event' && EXPORTED.includes(last.line.event.type) ? last.line.event : null
  if (exported === null) {
    const where = last?.where ?? { file: EVENTS }
    context.report.add(
      'tail.open',
      'The last event is not the export itself: events may have been cut off.',
      where,
    )
  }
  const tail: Tail = {
    exportIndex: exported === null ? null : (last?.index ?? null),
    scope: scopeOf(exported),
  }
  checkStarts(context, chains, tail, registry)
  checkScope(context, chains, tail.scope)
  await checkPeriod(context, tail.scope)
  if (head !== null) await checkHeadProof(context, chains, head)
  return tail
}

function checkStarts({ report }: Context, { streams }: Chains, { scope }: Tail, { shown }: Registry): void {
  for (const [stream, { first }] of streams) {
    const where = { file: EVENTS, case: stream, seq: first }
    // What precedes a wide export in the registry is in registry.ndjson, where its chain is checked.
    if (first === 0 || (stream === REGISTRY_STREAM && shown.size > 0)) continue
    if (scope.kind === 'period')
      report.add('chain.start_not_shown', `${stream} is shown from event ${first} on.`, where)
    else report.add('chain.gap', `The first events of ${stream}, up to ${first - 1}, are not there.`, where)
  }
}

async function checkHeadProof(
  { reader, report }: Context,
  { last }: Chains,
  { note, checkpoint }: Head,
): Promise<void> {
  const source = await readAnyText(reader, HEAD_PROOF)
  if (source === null || last === null) return
  const proof = orNull(() => parseTlogProof(source))
  const isSame = proof?.note.text === note.text && proof.index === last.index
  if (proof && isSame && provesEntry({ ...proof, checkpoint }, entryBytes(last.line.entry))) return
  report.add('head.mismatch', 'head.tlog-proof does not prove the last event.', { file: HEAD_PROOF })
}
