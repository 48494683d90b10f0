import { parseArgs } from 'node:util'
import { connect } from '../db/client'
import { openDeps, type Performing } from '../db/deps'
import { urlAs } from '../db/roles'
import { exportFigures, words } from './exports'
import { prepareFloor } from './floor'
import { type Installation, startInstallation } from './installation'
import { loadCases, WORKED } from './load'
import { type Beside, type Measured, type Meter, meter } from './measure'
import type { Operation } from './operation'
import { addPeople, analyst, approver, signIn } from './people'
import { policyTimes } from './policy-time'
import { sealLag, sizes, untilSealed } from './record-figures'
import { type Results, table, writeFigures, writeResults } from './report'
import { benchSealing } from './sealing'
import { verifying } from './verifying'

const HELP = `npm run bench -- [--quick] [--as-built] [--only <operation>,...]

Starts an installation of its own, fills it with cases, measures it, and removes it again.

  --quick      two minutes: 1,000 and 10,000 cases, short runs
  --as-built   measure what was built last
  --only       these operations alone, beside the two limits; "verify" alone needs no installation
  --sealing    what the log costs those who write, alone: events sealed, their lag, their size
  --exports    exports alone: of 10,000 and 100,000 events
  --million    and of 1,000,000, which takes a quarter of an hour
`
const CLIENTS = [1, 8, 32]
type Pace = { readonly sizes: readonly number[]; readonly ms: number; readonly warmUpMs: number }
const FULL: Pace = { sizes: [1_000, 10_000, 100_000], ms: 4_000, warmUpMs: 1_000 }
const QUICK: Pace = { sizes: [1_000, 10_000], ms: 1_000, warmUpMs: 400 }

export async function main(args: string[], client: string): Promise<void> {
  const options = {
    quick: { type: 'boolean' },
    'as-built': { type: 'boolean' },
    only: { type: 'string' },
    sealing: { type: 'boolean' },
    exports: { type: 'boolean' },
    million: { type: 'boolean' },
    help: { type: 'boolean' },
  } as const
  const { values } = parseArgs({ args, options })
  if (values.help) return void process.stdout.write(HELP)
  const home = process.env.ON_RECORD_HOME ?? process.cwd()
  const only = values.only?.split(',') ?? null
  const isExports = values.exports || values.million
  if (!isExports && !values.sealing && (!only || only.includes('verify')))
    process.stdout.write(`${await verifying(home, values.quick ? 10_000 : 100_000)}\n`)
  if (only?.every((operation) => operation === 'verify')) return
  const installation = await startInstallation(home)
  try {
    if (values.sealing) return await benchSealing(installation, home, values.quick === true)
    if (isExports) return await benchExports(installation, home, values.million === true)
    const results = await bench(installation, client, values.quick ? QUICK : FULL, only)
    process.stdout.write(`${table(results)}\n${await writeResults(home, results, values.quick === true)}\n`)
  } finally {
    await installation.stop()
  }
}

async function bench(
  installation: Installation,
  client: string,
  pace: Pace,
  only: readonly string[] | null,
): Promise<Results> {
  const deps = openDeps({
    url: urlAs('on_record_app', installation.admin('on_record'), installation.secret),
    origin: installation.url,
    policies: 'policies',
    connections: 2,
    name: 'on-record bench',
  })
  const admin = connect(installation.admin('on_record'), 1, 'on-record bench')
  const gauge = meter(client, installation)
  try {
    return await runs({ installation, deps, admin, gauge, pace, only })
  } finally {
    gauge.stop()
    await Promise.all([deps.sql.end(), admin.end()])
  }
}

async function benchExports(installation: Installation, home: string, million: boolean): Promise<void> {
  const admin = connect(installation.admin('on_record'), 1, 'on-record bench')
  try {
    const cookie = await signIn(installation.url, 'usr_esther')
    const sizes = [10_000, 100_000, ...(million ? [1_000_000] : [])]
    const figures = await exportFigures(installation, admin, cookie, sizes)
    process.stdout.write(
      `${figures.map(words).join('\n')}\n${await writeFigures(home, 'exports', figures)}\n`,
    )
  } finally {
    await admin.end()
  }
}

type Bench = {
  readonly installation: Installation
  readonly deps: Performing
  readonly admin: ReturnType<typeof connect>
  readonly gauge: Meter
  readonly pace: Pace
  readonly only: readonly string[] | null
}

/** What does nothing, through Next and through the API's own listener. */
const LIMITS: readonly Operation[] = ['health', 'nowhere']
const SEARCHES: readonly Operation[] = ['search for a name', 'search for a word', 'search for a common word']
const COMMANDS: readonly Operation[] = ['promote', 'transition', 'attach text', 'attach file', 'read']

async function runs({ installation, deps, admin, gauge, pace, only }: Bench): Promise<Results> {
  const { url } = installation
  const people = await addPeople(deps)
  const cookies = await Promise.all(people.map((person) => signIn(url, person)))
  const database = await prepareFloor(installation.admin)
  const { sizes: totals, ...times } = pace
  const measured: Measured[] = []
  let cases: string[] = []
  let seal = { events: 0, p50: 0, p99: 0, most: 0 }
  let loadMs = 0

  const order = (operation: Operation, clients: number) =>
    ({ kind: 'load', url, operation, clients, cookies, cases: portion(cases, clients), ...times }) as const
  const floor = (clients: number) => ({ kind: 'floor', database, clients, ...times }) as const
  // Beside each figure, as the machine may have had other work a minute ago.
  const beside = async (clients: number): Promise<Beside> => ({
    f: (await gauge.measure('F', floor(clients))).perSecond,
    h: (await gauge.measure('H', order('health', clients))).perSecond,
  })
  const load = async (operation: Operation, name: string) => {
    if (only && !LIMITS.includes(operation) && !only.includes(operation)) return
    // The engine has seen this work before it is measured, as it has on any day but the first.
    await gauge.measure(name, { ...order(operation, 8), cases: portion(cases, 0) })
    for (const clients of CLIENTS) {
      const limits = LIMITS.includes(operation) ? null : await beside(clients)
      const since = new Date()
      measured.push(told(await gauge.measure(name, order(operation, clients), limits)))
      if (operation === 'promote') await untilSealed(admin)
      if (operation === 'promote' && clients === CLIENTS.at(-1)) seal = await sealLag(admin, since)
    }
  }
  for (const [index, total] of totals.entries()) {
    const begun = performance.now()
    cases = await loadCases(deps, analyst(people[0] ?? ''), cases, total)
    loadMs += performance.now() - begun
    await untilSealed(admin)
    // What loading leaves to do in the background isn't done while something else is measured.
    await admin.unsafe('vacuum analyze')
    await admin.unsafe('checkpoint')
    if (index === 0) {
      for (const clients of CLIENTS) measured.push(told(await gauge.measure('F', floor(clients))))
      await load('health', 'H')
      await load('nowhere', 'A')
    }
    await load('list', `list, ${total} cases`)
    if (index !== 1 || totals.length === 2)
      for (const operation of SEARCHES) await load(operation, `${operation}, ${total} cases`)
    if (index === 1) for (const operation of COMMANDS) await load(operation, operation)
  }
  await untilSealed(admin)
  const policy = policyTimes(deps.policies, analyst(people[0] ?? ''), approver(people[1] ?? ''))
  return { measured, policy, seal, sizes: await sizes(admin), loadPerSecond: (cases.length / loadMs) * 1000 }
}

/** Each run has cases to itself: whatever the one before has left half-way is none of its business. */
function portion(cases: readonly string[], clients: number): string[] {
  const share = Math.floor(Math.min(WORKED, cases.length) / (CLIENTS.length + 1))
  const from = (CLIENTS.indexOf(clients) + 1) * share
  return cases.slice(from, from + share)
}

function told(measured: Measured): Measured {
  const { name, clients, perSecond, p50, cpuApp, cpuDatabase } = measured
  process.stderr.write(
    `${name}, ${clients} clients: ${perSecond.toFixed(0)} a second, p50 ${p50.toFixed(2)} ms, CPU ${cpuApp.toFixed(2)} + ${cpuDatabase.toFixed(2)} ms\n`,
  )
  return measured
}
