import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, release } from 'node:os'
import { join } from 'node:path'
import type { Measured } from './measure'
import type { SealLag, Sizes } from './record-figures'

export type Results = {
  readonly measured: readonly Measured[]
  readonly policy: Readonly<Record<string, number>>
  readonly seal: SealLag
  readonly sizes: Sizes
  readonly loadPerSecond: number
}

type Line = Measured & {
  readonly limit: number | null
  readonly share: number | null
  /** The same, with the API's own listener instead of Next. */
  readonly shareOfApi: number | null
}
/** L = 1 / (1/H + 1/F) at the same number of clients: what Next's handling and this database together allow. With A: what the API's does. */
function lines(measured: readonly Measured[]): Line[] {
  const at = (name: string, clients: number) =>
    measured.find((each) => each.name === name && each.clients === clients)?.perSecond ?? 0
  return measured.map((each) => {
    const { beside, clients } = each
    const both = (http: number) => (beside && http ? 1 / (1 / http + 1 / beside.f) : null)
    const [limit, ofApi] = [both(beside?.h ?? 0), both(at('A', clients))]
    return {
      ...each,
      limit,
      share: limit && each.perSecond / limit,
      shareOfApi: ofApi && each.perSecond / ofApi,
    }
  })
}

export function table({ measured, policy, seal, sizes, loadPerSecond }: Results): string {
  const head = [
    '',
    'clients',
    'a second',
    'of L',
    'of A',
    'p50 ms',
    'p95 ms',
    'p99 ms',
    'CPU ms app',
    'CPU ms db',
  ]
  const rows = lines(measured).map((each) => [
    ...[each.name, `${each.clients}`, each.perSecond.toFixed(0), each.share?.toFixed(2) ?? ''],
    each.shareOfApi?.toFixed(2) ?? '',
    ...[each.p50, each.p95, each.p99, each.cpuApp, each.cpuDatabase].map((value) => value.toFixed(2)),
  ])
  const decisions = Object.entries(policy).map(([command, ms]) => `${command} ${ms.toFixed(3)}`)
  return [
    ...columns([head, ...rows]),
    '',
    'H: GET /api/health, a route handler of Next in this server. F: one durable transaction that inserts an event of 1 kB and updates a row. L = 1/(1/H + 1/F), of both just before each line.',
    'A: an address that the API’s own listener refuses. Of A: of 1/(1/A + 1/F).',
    `Policy, ms for a decision (p50): ${decisions.join(', ')}`,
    `From an event to the signed checkpoint that covers it, while 32 clients promote: p50 ${seal.p50.toFixed(0)} ms, p99 ${seal.p99.toFixed(0)} ms (${seal.events} events)`,
    `An event on disk: body ${sizes.body.toFixed(0)} bytes, row and indexes ${sizes.event.toFixed(0)}, with its share of everything ${sizes.everything.toFixed(0)} (${sizes.events} events)`,
    `Loaded ${loadPerSecond.toFixed(0)} cases a second.`,
  ].join('\n')
}

export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) => (column ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  '),
  )
}

export function writeResults(home: string, results: Results, quick: boolean): Promise<string> {
  return writeFigures(home, quick ? 'quick' : 'full', { ...results, measured: lines(results.measured) })
}

/** As JSON into bench/results/, with the machine that they are of. Answers with the file's path. */
export async function writeFigures(home: string, run: string, figures: object): Promise<string> {
  const folder = join(home, 'bench', 'results')
  await mkdir(folder, { recursive: true })
  const file = join(folder, `${new Date().toISOString().replaceAll(':', '-').slice(0, 19)}.json`)
  const machine = {
    node: process.version,
    platform: `${process.platform} ${release()}`,
    cpus: cpus().length,
    model: cpus()[0]?.model ?? '',
  }
  const what = Array.isArray(figures) ? { figures } : figures
  await writeFile(file, `${JSON.stringify({ run, quick: run === 'quick', machine, ...what }, null, 2)}\n`)
  return file
}
