import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromUtf8, utf8 } from '@/lib/record/bytes'
import { jcs } from '@/lib/record/canonical'
import { sha256 } from '@/lib/record/digest'
import { edit, editLines, type Files, readerOf, reseal } from '@/lib/record/folder.test-support'
import { verifyBundle } from '@/lib/record/verify'
import { aCase, comment, done } from '../database.test-support'
import { sampleActor } from '../seed/actors'
import { SAMPLE_ORG } from '../seed/people'
import { AUDITOR, askFor, readZip, type TestExports, testExports, zipOf } from './export.test-support'

// What somebody can do who holds the database, the files and the log's key: the operator, or whoever broke in there. Every
// attack is done for real, with a superuser's SQL or on a real export, and an auditor checks what comes out of it.

let test: TestExports
beforeAll(async () => {
  test = await testExports()
})
afterAll(() => test.close())

const EVENTS = 'data/events.ndjson'
const PROOFS = 'data/log/proofs.ndjson'
type Sql = Parameters<Parameters<TestExports['admin']['begin']>[1]>[0]

/** A case of five events, all of them in the log. */
async function told(): Promise<string> {
  const id = await aCase(test.deps)
  for (const words of ['seen', 'it was Ada', 'it works again', 'nothing else to do'])
    await comment(test.deps, id, words)
  await test.seal()
  return id
}

async function exportOf(what: Parameters<typeof askFor>[1]): Promise<Files> {
  const id = await askFor(test, what)
  await test.writeAll()
  const { reader, close } = await readZip(zipOf(test, id))
  const files: Files = new Map()
  for (const path of reader.paths) {
    const parts: Uint8Array[] = []
    for await (const part of reader.open(path)) parts.push(part)
    files.set(path, new Uint8Array(Buffer.concat(parts)))
  }
  await close()
  return files
}

/** The codes of what an auditor is told, who has the organisation's keys and perhaps an old checkpoint. */
async function found(files: Files, checkpoints: string[] = []): Promise<string[]> {
  const { findings } = await verifyBundle(readerOf(files), { ...AUDITOR, checkpoints })
  return [...new Set(findings.filter(({ level }) => level === 'fail').map(({ code }) => code))].sort()
}

/** A superuser first switches off, for this transaction, what forbids changes to everybody else. */
async function asSuperuser(change: (sql: Sql) => Promise<unknown>): Promise<void> {
  await test.admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`
    await change(sql)
  })
}

const rewrite = (id: string, from: string, to: string) => (sql: Sql) =>
  sql`
  update event set body = convert_to(replace(convert_from(body, 'UTF8'), ${from}, ${to}), 'UTF8'),
    hash = sha256(convert_to(replace(convert_from(body, 'UTF8'), ${from}, ${to}), 'UTF8'))
  where stream = ${id} and convert_from(body, 'UTF8') like ${`%${from}%`}`

describe('a superuser of the database', () => {
  // First: what the others do to the database leaves gaps in a log that is sealed anew.
  it('C24: writes the past anew, seals it again with the log’s own key, and is refused by a kept checkpoint alone', async () => {
    const id = await told()
    const kept = fromUtf8((await exportOf(id)).get('data/log/checkpoint') ?? new Uint8Array(0))
    await asSuperuser(async (sql) => {
      await rechain(sql, id, (text) => text.replace('it was Ada', 'it was Hugo'))
      await sealAnew(sql)
    })
    const files = await exportOf(id)
    expect(fromUtf8(files.get(EVENTS) ?? new Uint8Array(0))).toContain('it was Hugo')
    expect(await found(files)).toEqual([])
    expect(await found(files, [kept])).toEqual(['log.forked'])
  })

  it('C22: edits an event', async () => {
    const id = await told()
    await asSuperuser(rewrite(id, 'it was Ada', 'it was Hugo'))
    expect(await found(await exportOf(id))).toEqual(['chain.broken', 'proof.bad'])
  })

  it('C22: deletes an event', async () => {
    const id = await told()
    await asSuperuser((sql) => sql`delete from event where stream = ${id} and seq = 2`)
    expect(await found(await exportOf(id))).toEqual(['chain.gap'])
  })

  it('C22: puts two events into another order', async () => {
    const id = await told()
    await asSuperuser(async (sql) => {
      for (const [from, to] of [
        [2, 99],
        [3, 2],
        [99, 3],
      ] as const)
        await sql`update event set seq = ${to} where stream = ${id} and seq = ${from}`
    })
    const codes = await found(await exportOf(id))
    expect(codes).toContain('chain.out_of_order')
    expect(codes).toContain('entry.mismatch')
  })

  it('C31: cuts off the end of a case before the export', async () => {
    const id = await told()
    await asSuperuser((sql) => sql`delete from event where stream = ${id} and seq >= 3`)
    expect(await found(await exportOf(id))).toEqual(['chain.gap'])
  })
})

/** Changes an event's words and every digest that follows from them, as somebody who knows the format would. */
async function rechain(sql: Sql, id: string, change: (text: string) => string): Promise<void> {
  const rows = await sql<{ seq: number; body: Buffer }[]>`
    select seq, body from event where stream = ${id} order by seq`
  let prev = '0'.repeat(64)
  for (const { seq, body } of rows) {
    const bytes = jcs({ ...JSON.parse(change(body.toString())), prev })
    const hash = Buffer.from(sha256(bytes))
    prev = hash.toString('hex')
    await sql`update event set body = ${Buffer.from(bytes)}, hash = ${hash} where stream = ${id} and seq = ${seq}`
  }
  await sql`update stream set head = decode(${prev}, 'hex') where stream = ${id}`
}

/** Empties the log and has the sequencer build it again, in the order that it had; what it remembers goes, too. */
async function sealAnew(sql: Sql): Promise<void> {
  await sql`insert into pending (org, stream, seq, at, hash)
    select e.org, e.stream, e.seq, e.at, e.hash from event e join log_entry l using (org, stream, seq) order by l.idx`
  for (const table of ['log_entry', 'log_tile', 'log_head', 'checkpoint'])
    await sql.unsafe(`truncate ${table}`)
  await rm(test.keptFolder, { recursive: true, force: true })
  test.restartSequencer()
}

describe('whoever hands the export on', () => {
  it('C31: hides an event and makes all digests right again', async () => {
    const files = await exportOf(await told())
    for (const path of [EVENTS, PROOFS])
      editLines(files, path, (lines) => lines.filter((_, line) => line !== 2))
    reseal(files)
    expect(await found(files)).toEqual(['chain.gap', 'signature.unknown_signer'])
  })

  it('C31: hides a whole case in an export of everything', async () => {
    const id = await told()
    const files = await exportOf({ scope: 'everything' })
    const events = fromUtf8(files.get(EVENTS) ?? new Uint8Array(0))
      .trimEnd()
      .split('\n')
    const isHidden = (line: number) => JSON.parse(events[line] ?? '').case === id
    for (const path of [EVENTS, PROOFS])
      editLines(files, path, (lines) => lines.filter((_, line) => !isHidden(line)))
    reseal(files)
    expect(await found(files)).toContain('stream.hidden_events')
  })

  it('C31: cuts off the end', async () => {
    const files = await exportOf(await told())
    for (const path of [EVENTS, PROOFS]) editLines(files, path, (lines) => lines.slice(0, -2))
    reseal(files)
    expect(await found(files)).toContain('tail.open')
  })

  it('C34: swaps a piece of evidence', async () => {
    const id = await told()
    const kept = await test.settings.exporting.content.keep(SAMPLE_ORG, [utf8('the log as it was')], 1_000)
    if ('notKept' in kept) throw new Error(kept.notKept)
    const { sha256: digest, bytes } = kept
    const input = {
      sha256: digest,
      bytes,
      name: 'a.txt',
      media_type: 'text/plain',
      kind: 'file',
      source: 'a server',
      tool: null,
      trust: 'typed',
    }
    await done(test.deps, sampleActor('usr_ada'), {
      kind: 'case',
      stream: id,
      command: 'attachEvidence',
      input,
    })
    await test.seal()
    const files = await exportOf(id)
    const path = [...files.keys()].find((name) => name.startsWith(`data/evidence/${digest}`)) ?? ''
    edit(files, path, (text) => text.replace('was', 'wasn’t'))
    reseal(files)
    expect(await found(files)).toContain('evidence.altered')
  })
})
