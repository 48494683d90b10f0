import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Client, connect } from '../db/client'
import { openDeps, type Performing } from '../db/deps'
import { urlAs } from '../db/roles'
import { perform } from '../lib/act/perform'
import { isRefusal } from '../lib/act/refusal'
import { cpuOfTree } from './cpu'
import type { Installation } from './installation'
import { loadCases } from './load'
import { addPeople, analyst } from './people'
import { sealLag, untilSealed } from './record-figures'
import { writeFigures } from './report'
import { sampled } from './sample'
import { type Line, lineOf, logSizes, type Round, sealingTable } from './sealing-figures'

const WRITERS = [1, 8, 32]
const CASES = 640
type Pace = { readonly rounds: number; readonly ms: number; readonly warmUpMs: number }
const FULL: Pace = { rounds: 9, ms: 2_000, warmUpMs: 300 }
const QUICK: Pace = { rounds: 5, ms: 1_000, warmUpMs: 200 }

/**
 * What the log costs those who write: commands through the ledger, without HTTP before it, first with nothing queued for the log, then with
 * the sequencer standing still, then with it at work; in turns, so that all three have the same machine.
 */
export async function benchSealing(installation: Installation, home: string, quick: boolean): Promise<void> {
  const deps = openDeps({
    url: urlAs('on_record_app', installation.admin('on_record'), installation.secret),
    origin: installation.url,
    policies: 'policies',
    connections: Math.max(...WRITERS),
    name: 'on-record bench',
  })
  const admin = connect(installation.admin('on_record'), 1, 'on-record bench')
  try {
    const bench = await prepared(installation, deps, admin, quick ? QUICK : FULL)
    const lines: Line[] = []
    for (const writers of WRITERS) lines.push(lineOf(writers, await roundsOf(bench, writers)))
    const sizes = await logSizes(admin)
    const file = await writeFigures(home, 'sealing', { quick, lines, sizes })
    process.stdout.write(`${sealingTable(lines, sizes)}\n${file}\n`)
  } finally {
    await Promise.all([deps.sql.end(), admin.end()])
  }
}

type Bench = {
  readonly deps: Performing
  readonly admin: Client
  readonly pace: Pace
  readonly people: readonly string[]
  readonly cases: readonly string[]
  /** The sequencer's process, and PostgreSQL's. */
  readonly pid: number
  readonly postgres: number
}

async function prepared(
  { folders, pids }: Installation,
  deps: Performing,
  admin: Client,
  pace: Pace,
): Promise<Bench> {
  const people = await addPeople(deps)
  const cases = await loadCases(deps, analyst(people[0] ?? ''), [], CASES)
  // For the floor: an event that is not queued will never be in the log. This database is the bench's own.
  await admin.unsafe(`
    create function no_queue() returns trigger language plpgsql as 'begin return null; end';
    create trigger no_queue before insert on pending for each row execute function no_queue();
    alter table pending disable trigger no_queue`)
  const { pid } = JSON.parse(await readFile(join(folders.run, 'sequencer.json'), 'utf8')) as { pid: number }
  return { deps, admin, pace, people, cases, pid, postgres: pids.postgres }
}

async function roundsOf(bench: Bench, writers: number): Promise<Round[]> {
  const rounds: Round[] = []
  await write(bench, writers) // the engine and the database have seen this work before it is measured
  for (let times = 0; times < bench.pace.rounds; times++) {
    await untilSealed(bench.admin)
    // Now one first, now the other: what the machine does beside this is no part of the difference.
    const before = times % 2 ? await sealed(bench, writers) : null
    const without = await withoutLog(bench, writers)
    const round = { ...without, ...(before ?? (await sealed(bench, writers))) }
    const { unlogged, queued, sealing, caughtUp } = round
    process.stderr.write(
      `${writers} writers: ${[unlogged, queued, sealing].map((each) => each.toFixed(0)).join(', ')} commands a second without a log, queued, sealed; caught up at ${caughtUp.toFixed(0)}\n`,
    )
    rounds.push(round)
  }
  return rounds
}

async function withoutLog(
  bench: Bench,
  writers: number,
): Promise<Pick<Round, 'unlogged' | 'queued' | 'caughtUp' | 'cpuUnlogged'>> {
  const { admin, pid } = bench
  process.kill(pid, 'SIGSTOP')
  try {
    await admin.unsafe('alter table pending enable trigger no_queue')
    const unlogged = await write(bench, writers)
    await admin.unsafe('alter table pending disable trigger no_queue')
    const queued = await write(bench, writers)
    const [row] = await admin<{ waiting: number }[]>`select count(*)::int as waiting from pending`
    process.kill(pid, 'SIGCONT')
    const begun = performance.now()
    await untilSealed(admin)
    const seconds = (performance.now() - begun) / 1000
    const caughtUp = (row?.waiting ?? 0) / seconds
    return { unlogged: unlogged.perSecond, cpuUnlogged: unlogged.cpu, queued: queued.perSecond, caughtUp }
  } finally {
    process.kill(pid, 'SIGCONT')
  }
}

async function sealed(
  bench: Bench,
  writers: number,
): Promise<Pick<Round, 'sealing' | 'sealedPerSecond' | 'cpuSealing' | 'p50' | 'p99'>> {
  const since = new Date()
  const begun = performance.now()
  const sealing = await write(bench, writers)
  await untilSealed(bench.admin)
  const seconds = (performance.now() - begun) / 1000
  const { events, p50, p99 } = await sealLag(bench.admin, since)
  return { sealing: sealing.perSecond, cpuSealing: sealing.cpu, sealedPerSecond: events / seconds, p50, p99 }
}

/** Each writer is a person of its own, at cases of its own: nobody waits for another's stream. `cpu`: milliseconds a command, of all who take part. */
async function write(bench: Bench, writers: number): Promise<{ perSecond: number; cpu: number }> {
  const { deps, pace, people, cases, pid, postgres } = bench
  const share = Math.floor(cases.length / writers)
  const own = () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1_000
  }
  const used = () => own() + cpuOfTree(pid) + cpuOfTree(postgres)
  let written = 0
  const before = used()
  const sample = await sampled(
    { clients: writers, ...pace },
    () => undefined,
    async (writer, count) => {
      const outcome = await perform(deps, analyst(people[writer] ?? ''), {
        ...{ kind: 'case', command: 'addComment', key: deps.newSalt() },
        stream: cases[writer * share + (count % share)] ?? '',
        input: { text: `Looked again, and found nothing new (${writer}, ${count}).` },
      })
      if (isRefusal(outcome)) throw new Error(`A comment was refused: ${outcome.sentence}`)
      written += 1
    },
  )
  return { perSecond: sample.operations / sample.seconds, cpu: (used() - before) / written }
}
