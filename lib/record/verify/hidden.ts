import type { Chains } from './chain'
import type { Context } from './context'
import { EVENTS } from './events'
import type { SeenEntry } from './log-tiles'
import { REGISTRY, REGISTRY_STREAM, type Registry } from './registry'
import { type Around, isInPeriod } from './scope'
import type { Tail } from './tail'

type Tally = { inside: number; hidden: number[]; later: number }

/** Compares what the whole log has of the exported streams with what the bundle shows of them. */
export type Census = { readonly see: (entry: SeenEntry) => void; readonly report: (context: Context) => void }

export function census({ streams }: Chains, registry: Registry, { exportIndex, scope }: Tail): Census {
  const tallies = new Map<string, Tally>(
    [...streams.keys()]
      .filter((stream) => stream !== REGISTRY_STREAM)
      .map((stream) => [stream, { inside: 0, hidden: [], later: 0 }]),
  )
  const around: Around = { before: null, after: null }
  const unshown = new Set<string>()
  const ofRegistry = new Set<number>()
  let isRegistryTwofold = false
  let unshownKeys = 0
  const isBefore = (index: number) => exportIndex === null || index < exportIndex

  function see(entry: SeenEntry): void {
    const { index, case: stream, seq } = entry
    const isWanted = isInPeriod(scope, around, entry, exportIndex) || scope.kind === 'everything'
    const [chain, tally] = [streams.get(stream), tallies.get(stream)]
    if (chain && tally) {
      if (seq >= chain.first && seq < chain.next) tally.inside++
      else if (!isBefore(index)) tally.later++
      else if (seq >= chain.next) tally.hidden.push(seq)
    } else if (stream === REGISTRY_STREAM) {
      if (ofRegistry.size === ofRegistry.add(seq).size) isRegistryTwofold = true
      if (isBefore(index) && !registry.shown.has(seq)) unshownKeys++
    } else if (isWanted && isBefore(index)) unshown.add(stream)
  }

  function report({ report }: Context): void {
    for (const [stream, tally] of tallies) {
      const chain = streams.get(stream)
      const where = { file: EVENTS, case: stream }
      if (chain && tally.inside > chain.next - chain.first) {
        report.add(
          'stream.duplicate_events',
          `The log has two different events for one place in ${stream}.`,
          where,
        )
      }
      if (tally.hidden.length > 0) {
        const sentence = `The log has ${tally.hidden.length} more events of ${stream}, which are not in the bundle.`
        report.add('stream.hidden_events', sentence, { ...where, seq: tally.hidden[0] ?? 0 })
      }
      if (tally.later > 0)
        report.add('tail.later_events', `${tally.later} events of ${stream} came after this export.`, where)
    }
    for (const neighbour of [around.before, around.after]) {
      if (neighbour !== null && !streams.has(neighbour)) unshown.add(neighbour)
    }
    if (unshown.size > 0) {
      report.add('stream.hidden_events', `${unshown.size} streams of the log are not in the bundle at all.`, {
        file: EVENTS,
      })
    }
    if (isRegistryTwofold)
      report.add('stream.duplicate_events', 'The log has two events for one place in the registry.', {
        file: REGISTRY,
      })
    if (unshownKeys > 0) registryIsPartial({ report }, `${unshownKeys} events of the registry are not shown`)
  }

  return { see, report }
}

/** @param what the beginning of a sentence about it */
export function registryIsPartial({ report }: Pick<Context, 'report'>, what: string): void {
  const sentence = `${what}: a key that was revoked, or an account that is somebody else's, would not be seen.`
  report.add('registry.partial', sentence, { file: REGISTRY })
}
