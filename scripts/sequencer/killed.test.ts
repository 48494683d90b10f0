import { execFileSync } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../db/database.test-support'
import { tileReader } from '../../db/log/tiles'
import { SAMPLE_ORG } from '../../db/seed/people'
import { toHex } from '../../lib/record/bytes'
import { treeRootAsync } from '../../lib/record/tile-proof'
import { expectSoundRecord, untilSealed } from '../resilience/record.test-support'
import { until } from '../resilience/until.test-support'
import type { Gate, Moment } from '../test/gate.test-support'
import type { Running } from '../test/program.test-support'
import { observer } from './observer.test-support'
import { type Wired, wired } from './wired.test-support'
import { writers } from './writers.test-support'

const WRITERS = 64
/** Milliseconds until something is given up that comes in a second, unless a dozen others have the machine. */
const PATIENCE = 60_000
let test: TestDatabase
let on: Wired
let kept: string
let seen: ReturnType<typeof observer>
let writing: Awaited<ReturnType<typeof writers>>
let running: Running
/** Milliseconds: of its mere start, and from its first connection to the seal of all that waited then. */
type Recovery = { readonly start: number; readonly sealed: number }
const recoveries = new Map<string, Recovery>()
/** A second; on a busy machine, where its mere start takes long, thrice that. */
const isLate = ({ start, sealed }: Recovery) => sealed > Math.max(1_000, 3 * start)

beforeAll(async () => {
  test = await testDatabase()
  on = await wired(test)
  kept = join(on.folder, 'checkpoints')
  writing = await writers(test.url('on_record_app'), WRITERS)
  seen = observer(test.admin, SAMPLE_ORG, kept)
})
afterAll(async () => {
  await running?.kill()
  await writing?.end()
  await seen?.end()
  await on?.close()
  await test?.close()
})

/** What no signed checkpoint covers: by stream and number. */
async function unsealed(): Promise<string[]> {
  const rows = await test.admin<{ stream: string; seq: number }[]>`
    select stream, seq from pending where org = ${SAMPLE_ORG} union all
    select stream, seq from log_entry where org = ${SAMPLE_ORG} and idx >= (select coalesce(max(size), 0) from checkpoint where org = ${SAMPLE_ORG})`
  return rows.map(({ stream, seq }) => `${stream} ${seq}`)
}

/** Starts it again, and waits until all is sealed that waited when it came back. */
async function recover(): Promise<Recovery> {
  const begun = performance.now()
  const connected = on.wire.connected()
  running = on.start()
  await connected
  const back = performance.now()
  const waiting = new Set(await unsealed())
  const isDone = async () => !(await unsealed()).some((each) => waiting.has(each))
  await until(isDone, PATIENCE).catch((error) => {
    throw new Error(`${error}\n${running.output()}`)
  })
  return { start: Math.round(back - begun), sealed: Math.round(performance.now() - back) }
}

type Step = { readonly wire: Gate; readonly says: string; readonly moment: Moment; readonly atStart: boolean }

/** As many as in the three seconds in which is heard what it says again and again. */
const BATCHES = 25
const batches = () => on.wire.said.filter((each) => each.includes('>> with taken')).length

/** Whoever has sealed that often without saying it won't say it any more. */
async function passed(): Promise<void> {
  const before = batches()
  await until(() => batches() >= before + BATCHES, 8_000).catch(() => undefined)
}

/** Kills it exactly there. Null where it doesn't come to that, as only some circumstances have it. */
async function killedAt(step: Step): Promise<Recovery | null> {
  if (step.atStart) await running.kill()
  const held = step.wire.hold(step.says, step.moment)
  if (step.atStart) running = on.start()
  const isHeld = await Promise.race([held.then(() => true), passed().then(() => false)])
  step.wire.release()
  await running.kill()
  const recovery = await recover()
  return isHeld ? recovery : null
}

/** What changes something, so that it matters whether the other side has done it. */
const CHANGES = /(?:^|>> )(?:insert|update|delete|with taken|commit|select pg_notify|POST)/

function stepsOf(of: Gate, says: readonly string[], atStart: boolean): Step[] {
  return [...new Set(says)]
    .filter((each) => !each.includes('pg_catalog'))
    .flatMap((each) => [
      { wire: of, says: each, moment: 'before' as const, atStart },
      ...(CHANGES.test(each) ? [{ wire: of, says: each, moment: 'after' as const, atStart }] : []),
    ])
}

/** What a sequencer says at every start, and what it says again and again after that. */
async function allSteps(): Promise<Step[]> {
  running = on.start()
  await until(async () => (await test.admin`select 1 from witnessed`).length > 0, PATIENCE)
  const starts: string[][] = []
  for (let times = 0; times < 2; times++) {
    await running.kill()
    const before = on.wire.said.length
    await recover()
    starts.push(on.wire.said.slice(before))
  }
  const before = on.wire.said.length
  await pause(3_000)
  const later = on.wire.said.slice(before)
  const again = later.filter((each, place) => later.indexOf(each) < place)
  const always = starts[0]?.filter((each) => starts[1]?.includes(each) && !again.includes(each)) ?? []
  return [
    ...stepsOf(on.wire, always, true),
    ...stepsOf(on.wire, again, false),
    ...stepsOf(on.toWitness, on.toWitness.said, false),
  ]
}

/** What it must have been killed at, among everything else. */
const ESSENTIAL = [
  ...[
    'with taken',
    'insert into log_entry',
    'insert into log_tile',
    'update log_head set size',
    'insert into checkpoint',
  ],
  ...['insert into cosignature', 'insert into witnessed'],
]
  .flatMap((said) => [new RegExp(`^before .*>> ${said}`), new RegExp(`^after .*>> ${said}`)])
  .concat(/^after update log_head .*>> commit/, /^after select pg_notify.*>> commit/)
  .concat(/^before POST .add-checkpoint/, /^after POST .add-checkpoint/)

describe('C23 C19 the sequencer, killed while 64 writers write', () => {
  it('at every statement that it sends and every question to a witness, goes on where it was', async () => {
    const steps = await allSteps()
    for (const step of steps) {
      let found = await killedAt(step)
      // Somebody else may have had the machine for a moment; what is hard to recover from is so each time.
      for (let again = 0; found && isLate(found) && again < 2; again++) found = await killedAt(step)
      if (found) recoveries.set(`${step.moment} ${step.says}`, found)
    }
    const reached = [...recoveries.keys()]
    for (const known of ESSENTIAL)
      expect(
        reached.filter((name) => known.test(name)),
        `${known}`,
      ).not.toEqual([])
    expect(reached.length).toBeGreaterThan(steps.length * 0.8)
    expect(seen.forks).toEqual([])
  }, 1_200_000)

  it('after the signature, with nothing or half of it kept, goes on where it was', async () => {
    const draft = join(kept, `${SAMPLE_ORG}.checkpoint.new`)
    await running.kill()
    await rm(draft, { force: true })
    execFileSync('mkfifo', [draft]) // opening it for writing ends only when somebody reads
    const before = on.wire.said.length
    running = on.start()
    const isThere = (each: string) => each.includes('>> select each.name, s.size')
    await until(() => on.wire.said.slice(before).some(isThere), PATIENCE)
    const said = () => on.wire.said.filter((each) => each.includes('>> insert into checkpoint')).length
    const published = said()
    await pause(400)
    expect(said(), 'it stands between the signature and its copy').toBe(published)
    await running.kill()
    await rm(draft)
    const whole = await readFile(join(kept, `${SAMPLE_ORG}.checkpoint`), 'utf8')
    await writeFile(draft, whole.slice(0, 40))
    recoveries.set('with half a copy of the signature', await recover())
  }, 180_000)

  it('frozen in the middle of a batch, keeps another sequencer waiting for seconds, not for ever', async () => {
    const batch = on.wire.said.find((each) => each.includes('>> with taken')) ?? ''
    await on.wire.hold(batch, 'after')
    const other = on.start()
    const waiting = new Set(await unsealed())
    await until(async () => !(await unsealed()).some((each) => waiting.has(each)), PATIENCE)
    await running.kill()
    running = other
  }, 180_000)

  it('has left one dense log that agrees with every checkpoint that was ever seen', async () => {
    await writing.end()
    await untilSealed(test.admin)
    await seen.look()
    await seen.end()
    await running.kill()
    expect(writing.written()).toBeGreaterThan(WRITERS)
    await expectSoundRecord(test.admin, on.folder)
    expect(seen.forks).toEqual([])
    expect(seen.roots.size).toBeGreaterThan(20)
    const read = tileReader(test.admin, SAMPLE_ORG)
    for (const [size, root] of seen.roots)
      expect(toHex(await treeRootAsync(read, size)), `${size}`).toBe(root)
  }, 180_000)

  it('sealed within a second of its start what had waited, wherever it was killed', () => {
    expect([...recoveries].filter(([, each]) => isLate(each))).toEqual([])
  })
})
