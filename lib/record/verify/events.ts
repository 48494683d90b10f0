import type { Checkpoint } from '../checkpoint'
import { isMalformed } from '../malformed'
import { type Chains, follow, noChains } from './chain'
import { collect } from './collect'
import type { Context } from './context'
import { type Line, readLine } from './event'
import { type Facts, noFacts } from './facts'
import { placing } from './place'
import { readLines } from './reader'
import type { Where } from './report'

export const EVENTS = 'data/events.ndjson'
export const PROOFS = 'data/log/proofs.ndjson'

export type Events = { readonly facts: Facts; readonly chains: Chains }

/** One pass over events and proofs side by side: canonical bytes, chain, entry, place in the log. Nothing is held but facts. */
export async function checkEvents(
  context: Context,
  checkpoint: Checkpoint | null,
  wantedHeads: ReadonlySet<string>,
): Promise<Events> {
  const { reader, report } = context
  const events: Events = { facts: noFacts(), chains: noChains() }
  const proofs = reader.has(PROOFS) ? readLines(reader, PROOFS) : null
  if (!reader.has(EVENTS)) report.add('event.malformed', 'There are no events.', { file: EVENTS })
  else await guarded(context, EVENTS, () => eachEvent(context, checkpoint, wantedHeads, proofs, events))
  if (proofs) {
    const surplus = await guarded(context, PROOFS, () => proofs.next())
    if (surplus && !surplus.done)
      report.add('proof.surplus', 'There are more proofs than events.', { file: PROOFS })
  }
  return events
}

async function eachEvent(
  context: Context,
  checkpoint: Checkpoint | null,
  wantedHeads: ReadonlySet<string>,
  proofs: AsyncGenerator<Uint8Array> | null,
  { facts, chains }: Events,
): Promise<void> {
  const place = placing(context, checkpoint, PROOFS)
  let number = 0
  for await (const bytes of readLines(context.reader, EVENTS)) {
    number++
    const next = proofs && (await guarded(context, PROOFS, () => proofs.next()))
    const line = read(context, bytes, { file: EVENTS, line: number })
    if (line === null) continue
    const { entry } = line
    const where: Where = { file: EVENTS, line: number, case: entry.case, seq: entry.seq }
    const index = place(line, next?.done === false ? next.value : null, where)
    follow(chains, context, line, index, where)
    if (wantedHeads.has(entry.body)) facts.seen.set(entry.body, { case: entry.case, seq: entry.seq })
    if (line.kind === 'erased') facts.erased.push({ entry, where })
    else collect(facts, line.event, { ...entry, index, at: line.event.at, actor: line.event.actor, where })
  }
}

/** Runs a check over a file whose lines may be broken off. */
async function guarded<T>({ report }: Context, file: string, run: () => Promise<T>): Promise<T | null> {
  try {
    return await run()
  } catch (thrown) {
    if (!isMalformed(thrown)) throw thrown
    report.add(file === PROOFS ? 'proof.malformed' : 'event.malformed', thrown.message, { file })
    return null
  }
}

function read({ report }: Context, bytes: Uint8Array, where: Where): Line | null {
  try {
    const line = readLine(bytes)
    if (line === null) report.add('event.malformed', 'This line is not an event.', where)
    return line
  } catch (thrown) {
    if (!isMalformed(thrown)) throw thrown
    report.add('event.not_canonical', `This line is not in its canonical form: ${thrown.message}`, where)
    return null
  }
}
