import type { Client } from '../db/client'
import { columns } from './report'

/** What one round gave at one number of writers. Commands a second, each one event; milliseconds. */
export type Round = {
  /** Nothing is kept for the log at all. */
  readonly unlogged: number
  /** Queued for the log, and nobody seals. */
  readonly queued: number
  readonly sealing: number
  /** From the first write to the checkpoint that covers the last one. */
  readonly sealedPerSecond: number
  /** Of what was queued, while nobody writes. */
  readonly caughtUp: number
  /** Milliseconds a command: of the writers, PostgreSQL and the sequencer. */
  readonly cpuUnlogged: number
  readonly cpuSealing: number
  /** From recorded to sealed. */
  readonly p50: number
  readonly p99: number
}
/** The medians of all rounds; `lost`: the share of their commands that the log costs the writers, in rounds beside one another. */
export type Line = Round & { readonly writers: number; readonly lost: number }

export function lineOf(writers: number, rounds: readonly Round[]): Line {
  const middle = (of: (round: Round) => number) => median(rounds.map(of))
  return {
    writers,
    lost: 1 - middle(({ sealing, unlogged }) => sealing / unlogged),
    unlogged: middle((each) => each.unlogged),
    queued: middle((each) => each.queued),
    sealing: middle((each) => each.sealing),
    sealedPerSecond: middle((each) => each.sealedPerSecond),
    caughtUp: middle((each) => each.caughtUp),
    cpuUnlogged: middle((each) => each.cpuUnlogged),
    cpuSealing: middle((each) => each.cpuSealing),
    p50: middle((each) => each.p50),
    p99: middle((each) => each.p99),
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Bytes for each event: of the event those of all events, of the log those of all entries. */
export type LogSizes = {
  readonly events: number
  readonly entries: number
  readonly body: number
  readonly eventRow: number
  readonly eventIndexes: number
  readonly entryRow: number
  readonly entryIndexes: number
  readonly tiles: number
  readonly checkpoints: number
}

export async function logSizes(admin: Client): Promise<LogSizes> {
  await admin.unsafe('vacuum event, log_entry, log_tile, checkpoint')
  const [row] = await admin<LogSizes[]>`
    with of as (select (select count(*) from event)::float8 as events, (select count(*) from log_entry)::float8 as entries)
    select events, entries, (select avg(length(body)) from event)::float8 as body,
      pg_table_size('event') / events as "eventRow", pg_indexes_size('event') / events as "eventIndexes",
      pg_table_size('log_entry') / entries as "entryRow", pg_indexes_size('log_entry') / entries as "entryIndexes",
      pg_total_relation_size('log_tile') / entries as tiles, pg_total_relation_size('checkpoint') / entries as checkpoints from of`
  if (!row) throw new Error('a row was asked for')
  return row
}

export function sealingTable(lines: readonly Line[], sizes: LogSizes): string {
  const head = [
    'writers',
    'no log',
    'queued',
    'sealed',
    'lost',
    'sealed/s',
    'lag p50 ms',
    'p99 ms',
    'catching up',
  ]
  const rows = lines.map((each) => [
    ...[each.writers, each.unlogged, each.queued, each.sealing].map((value) => value.toFixed(0)),
    `${(each.lost * 100).toFixed(0)} %`,
    ...[each.sealedPerSecond, each.p50, each.p99, each.caughtUp].map((value) => value.toFixed(0)),
    ...[each.cpuUnlogged, each.cpuSealing].map((value) => value.toFixed(2)),
  ])
  const bytes = ({ eventRow, eventIndexes, entryRow, entryIndexes, tiles, checkpoints }: LogSizes) =>
    [eventRow + eventIndexes, entryRow + entryIndexes + tiles + checkpoints].map((value) => value.toFixed(0))
  const [event, log] = bytes(sizes)
  return [
    ...columns([head, ...rows]),
    '',
    'Commands a second through the ledger, each one event, no HTTP: with nothing kept for a log, queued while the sequencer stands still, and sealed meanwhile.',
    'Lost: what the log costs the writers, against no log at all. Lag: from recorded to the signed checkpoint that covers it. Catching up: events a second, while nobody writes. CPU: of the writers, PostgreSQL and the sequencer together, for each command.',
    `An event on disk: ${event} bytes (its body ${sizes.body.toFixed(0)}, its row ${sizes.eventRow.toFixed(0)}, indexes ${sizes.eventIndexes.toFixed(0)}), and ${log} in the log (entry ${sizes.entryRow.toFixed(0)}, indexes ${sizes.entryIndexes.toFixed(0)}, tiles ${sizes.tiles.toFixed(0)}, checkpoints ${sizes.checkpoints.toFixed(0)}).`,
  ].join('\n')
}
