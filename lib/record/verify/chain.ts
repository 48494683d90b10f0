import { GENESIS } from '../envelope'
import type { Context } from './context'
import type { Line } from './event'
import type { Where } from './report'

/** How far a stream has been followed. */
export type Chain = {
  readonly first: number
  next: number
  head: string
  at: string
  index: number | null
  count: number
}

export type Chains = {
  readonly streams: Map<string, Chain>
  /** The line that was read last, in any stream. */
  last: { readonly line: Line; readonly index: number | null; readonly where: Where } | null
}

export function noChains(): Chains {
  return { streams: new Map(), last: null }
}

/** The next event of its stream: dense numbers from 0, each naming the digest of the one before, in time's order. */
export function follow(
  chains: Chains,
  context: Context,
  line: Line,
  index: number | null,
  where: Where,
): void {
  const { entry } = line
  const chain = chains.streams.get(entry.case) ?? begin(chains, entry.case, entry.seq)
  checkLink(context, chain, line, where)
  if (line.kind === 'event') checkTime(context, chain, line.event.at, where)
  // A log that was started anew says so before anything else (docs/record-format.md 3).
  const begins = index === 0 && line.kind === 'event' && line.event.type === 'log.restarted'
  if (!begins) checkOrder(context, chain, index, where)
  chain.next = Math.max(chain.next, entry.seq + 1)
  chain.head = entry.body
  chain.count++
  chains.last = { line, index, where }
}

function begin(chains: Chains, stream: string, seq: number): Chain {
  const chain: Chain = { first: seq, next: seq, head: GENESIS, at: '', index: null, count: 0 }
  chains.streams.set(stream, chain)
  return chain
}

function checkLink({ report }: Context, chain: Chain, line: Line, where: Where): void {
  const { seq } = line.entry
  if (seq > chain.next) {
    report.add('chain.gap', `${missing(chain.next, seq - 1)} of ${line.entry.case} not there.`, where)
  } else if (seq < chain.next) {
    report.add('chain.out_of_order', `Event ${seq} of ${line.entry.case} comes twice or too late.`, where)
  } else if (line.kind === 'event' && line.event.prev !== chain.head && (chain.count > 0 || seq === 0)) {
    report.add(
      'chain.broken',
      'This event does not follow the one before it: one of the two was changed.',
      where,
    )
  }
}

function missing(from: number, to: number): string {
  return from === to ? `Event ${from} is` : `Events ${from} to ${to} are`
}

function checkTime({ report }: Context, chain: Chain, at: string, where: Where): void {
  if (at < chain.at)
    report.add('event.time', `This event is earlier than the one before it (${chain.at}).`, where)
  chain.at = at
}

function checkOrder({ report }: Context, chain: Chain, index: number | null, where: Where): void {
  if (index === null) return
  if (chain.index !== null && index <= chain.index) {
    report.add('log.order', 'The log has this event before the one that precedes it in its stream.', where)
  }
  chain.index = index
}
