import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toHex } from '@/lib/record/bytes'
import { parseCheckpoint, signCheckpoint } from '@/lib/record/checkpoint'
import { formatVkey, noteSigner, parseNote } from '@/lib/record/note'
import { treeRootAsync } from '@/lib/record/tile-proof'
import { type Client, connect } from '../client'
import { aCase, comment, done, LOG_ORIGIN, LOG_SEED, onlyKey } from '../database.test-support'
import {
  askFor,
  failures,
  fileIn,
  type TestExports,
  testExports,
  verdictOn,
} from '../export/export.test-support'
import { rebuild } from '../rebuild'
import { setUp } from '../seed/actors'
import { SAMPLE_ORG } from '../seed/people'
import { sequencer } from '../sequencer'
import { ForkRefused } from './fork'
import { keptIn } from './kept'
import { newOrigin } from './new-origin'
import { publishedCheckpoint } from './published'
import { tileReader } from './tiles'

const OLD = `${LOG_ORIGIN}/${SAMPLE_ORG}`
const vkeyOf = (origin: string) => formatVkey(noteSigner(origin, LOG_SEED))
let test: TestExports
/** A sequencer that was started again after the restore. */
let again: Client
let seal: () => Promise<number>
let story: string
/** What the auditor kept: a checkpoint that the restored database knows nothing of. */
let kept: string

beforeAll(async () => {
  test = await testExports()
  const publishing = {
    kind: 'registry',
    stream: 'registry',
    command: 'publishKeys',
    input: { log: { vkey: vkeyOf(OLD) } },
  } as const
  await done(test.deps, setUp(SAMPLE_ORG), publishing)
  story = await aCase(test.deps)
  await test.seal()
  const backup = await published()
  await comment(test.deps, story, 'after the backup')
  await test.seal()
  kept = await published()
  await backToBackup(sizeOf(backup))
  again = connect(test.url('on_record_sequencer'), 2, 'started again')
  seal = sequencer(again, onlyKey(LOG_SEED), keptIn(test.keptFolder))
})
afterAll(async () => {
  await again.end()
  await test.close()
})

const published = async () => (await publishedCheckpoint(test.deps.sql, SAMPLE_ORG)) ?? ''
const checkpointOf = (note: string) => parseCheckpoint(parseNote(note).text)
const sizeOf = (note: string) => checkpointOf(note).size

/** The last event, its place and its checkpoint are gone, as in a copy of the evening before; the kept checkpoint isn't. */
async function backToBackup(size: number): Promise<void> {
  const { admin } = test
  for (const table of ['event', 'log_entry', 'checkpoint'])
    await admin.unsafe(`alter table ${table} disable trigger append_only`)
  await admin`delete from checkpoint where size > ${size}`
  await admin`delete from log_entry where idx >= ${size}`
  const [gone] = await admin<
    { seq: number }[]
  >`delete from event where stream = ${story} and seq = (select max(seq) from event where stream = ${story}) returning seq`
  for (const table of ['event', 'log_entry', 'checkpoint'])
    await admin.unsafe(`alter table ${table} enable trigger append_only`)
  const root = await treeRootAsync(tileReader(admin, SAMPLE_ORG), size)
  await admin`update log_head set size = ${size}, root = ${Buffer.from(root)}`
  await admin`update stream set version = ${gone?.seq ?? 0}, head = (select hash from event where stream = ${story} and seq = ${(gone?.seq ?? 0) - 1}),
    at = (select at from event where stream = ${story} and seq = ${(gone?.seq ?? 0) - 1}) where stream = ${story}`
  await rebuild(admin, { org: SAMPLE_ORG, repair: true })
}

const restart = () =>
  newOrigin({
    deps: test.deps,
    owner: test.admin,
    actor: setUp(SAMPLE_ORG),
    kept: keptIn(test.keptFolder),
    vkeyOf,
    origin: null,
    reason: 'The disk failed; the backup is of the evening before.',
  })

describe('a log whose newest entries are lost for good', () => {
  it('C25 is started anew: another origin, whose first entry embeds the last checkpoint of the old one', async () => {
    await comment(test.deps, story, 'after the restore')
    await expect(test.seal()).rejects.toThrow(ForkRefused)
    const before = checkpointOf(await published()).size
    const restarted = await restart()
    expect(restarted).toMatchObject({
      origin: `${OLD}/2`,
      vkey: vkeyOf(`${OLD}/2`),
      size: sizeOf(kept),
      held: before,
    })
    while ((await seal()) > 0);
    const now = checkpointOf(await published())
    expect(now.origin).toBe(`${OLD}/2`)
    const [first] = await test.admin<{ data: { checkpoint: string; from: string } }[]>`
      select convert_from(e.body, 'UTF8')::jsonb -> 'data' as data from log_entry l join event e using (org, stream, seq) where l.idx = 0`
    expect(first?.data).toMatchObject({ from: OLD, checkpoint: kept })
    const [events] = await test.admin<{ count: number }[]>`select count(*)::int as count from event`
    expect(now.size).toBe(events?.count)
    const root = await treeRootAsync(tileReader(test.admin, SAMPLE_ORG), now.size)
    expect(toHex(root)).toBe(toHex(now.root))
    expect((await rebuild(test.deps.sql, { org: SAMPLE_ORG, repair: false })).differences).toEqual([])
    const aside = await test.admin<
      { count: number }[]
    >`select count(*)::int as count from retired_entry where origin = ${OLD}`
    expect(aside[0]?.count).toBe(before)
  })

  it.each(['case', 'everything'] as const)(
    'is shown for what it is by the verifier, which holds it to the checkpoint that an auditor kept: %s',
    async (what) => {
      const id = await askFor(test, what === 'case' ? story : { scope: what })
      await seal()
      await test.writeAll()
      const policy = `log ${vkeyOf(OLD)}\nlog ${vkeyOf(`${OLD}/2`)}\nquorum none\n`
      const report = await verdictOn(test, id, { policy, checkpoints: [kept] })
      expect(failures(report)).toEqual([])
      const found = report.findings.map(({ code }) => code)
      expect(found).toEqual(expect.arrayContaining(['log.restarted', 'kept.consistent']))
      expect(await fileIn(test, id, 'data/log/checkpoint')).toContain(`${OLD}/2\n`)
    },
  )

  it('fails where the new log admits to less than the auditor has seen, or to something else', async () => {
    const id = await askFor(test, story)
    await seal()
    await test.writeAll()
    const policy = `log ${vkeyOf(OLD)}\nlog ${vkeyOf(`${OLD}/2`)}\nquorum none\n`
    const signed = (size: number) =>
      signCheckpoint({ origin: OLD, size, root: new Uint8Array(32).fill(1) }, noteSigner(OLD, LOG_SEED))
    const codes = async (note: string) =>
      failures(await verdictOn(test, id, { policy, checkpoints: [note] })).map((each) => each.split(':')[0])
    expect(await codes(signed(sizeOf(kept) + 1))).toEqual(['log.entries_lost'])
    expect(await codes(signed(sizeOf(kept)))).toEqual(['log.forked'])
  })
})
