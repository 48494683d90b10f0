import { access } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { utf8 } from '@/lib/record/bytes'
import { isKept } from '../content/store'
import { comment } from '../database.test-support'
import {
  askFor,
  failures,
  readZip,
  type TestExports,
  testExports,
  verdictOn,
  zipOf,
} from '../export/export.test-support'
import { exporter, removeExpired } from '../export/exporter'
import { moveJob } from '../export/job'
import { SAMPLE_ORG } from '../seed/people'
import { act, erase, saidTooMuch, WORDS } from './erasure.test-support'

let test: TestExports
beforeAll(async () => {
  test = await testExports()
})
afterAll(() => test.close())

/** The files of an export that hold these words. */
async function holding(id: string, words: string): Promise<string[]> {
  const { reader, close } = await readZip(zipOf(test, id))
  const found: string[] = []
  for (const path of reader.paths) {
    const parts: Uint8Array[] = []
    for await (const part of reader.open(path)) parts.push(part)
    if (Buffer.concat(parts).includes(words)) found.push(path)
  }
  await close()
  return found
}

const stateOf = async (id: string) =>
  (
    await test.admin<
      { status: string; problem: string | null }[]
    >`select status, problem from export_job where id = ${id}`
  )[0]

it('C36: an export says what is missing, holds nothing of it, and everything else still verifies', async () => {
  const { id, seq } = await saidTooMuch(test)
  const kept = await test.settings.exporting.content.keep(SAMPLE_ORG, [utf8(`${WORDS} in a file`)], 1_000)
  if (!isKept(kept)) throw new Error(kept.notKept)
  const file = { media_type: 'text/plain', name: `${WORDS}.txt`, kind: 'text', source: 'desk' }
  const { version } = await act(test, 'usr_ada', id, 'attachEvidence', {
    ...{ ...kept, ...file },
    ...{ tool: null, trust: 'typed' },
  })
  const before = await askFor(test, id)
  await test.writeAll()
  expect((await holding(before, WORDS)).length).toBeGreaterThan(1)

  await erase(test, id, seq, version - 1)
  await comment(test.deps, id, 'Life goes on.')
  const after = await askFor(test, id)
  await test.writeAll()

  expect(await holding(after, WORDS)).toEqual([])
  const report = await verdictOn(test, after)
  expect(failures(report)).toEqual([])
  expect(report).toMatchObject({ integrity: 'pass', completeness: 'pass' })
  expect(report.findings.filter(({ code }) => code === 'redaction.erased')).toHaveLength(2)

  expect(await stateOf(before)).toEqual({ status: 'failed', problem: 'erased' })
  await removeExpired(test.settings)
  await expect(access(zipOf(test, before))).rejects.toThrow('ENOENT')
  await access(zipOf(test, after))
})

/** Writes what waits, whatever becomes of it. */
async function tryAll(): Promise<void> {
  await test.seal()
  const stopping = new AbortController()
  const running = exporter({ ...test.settings, report: () => undefined }).run(stopping.signal)
  const unfinished = () => test.admin`select 1 from export_job where status in ('waiting', 'writing')`
  while ((await unfinished()).length) await new Promise((resolve) => setTimeout(resolve, 20))
  stopping.abort()
  await running
}

it('C36: an export that was asked for before an erasure is not written after it: it could not say why', async () => {
  const { id, seq } = await saidTooMuch(test)
  const asked = await askFor(test, id)
  await erase(test, id, seq)
  expect(await stateOf(asked)).toEqual({ status: 'failed', problem: 'erased' })
  await moveJob(test.deps.sql, SAMPLE_ORG, asked, ['failed'], 'waiting')
  await tryAll()
  expect(await stateOf(asked)).toEqual({ status: 'failed', problem: 'erased' })
})

it('C36: an erasure in the middle of the writing ends it, and no file is left', async () => {
  const { id, seq } = await saidTooMuch(test)
  const asked = await askFor(test, id)
  const { ids } = await act(test, 'usr_grace', id, 'requestErasure', { seqs: [seq], reason: 'x' })
  const writing = tryAll()
  await act(test, 'usr_chiara', id, 'agreeErasure', { erasure: ids.erasure })
  await writing
  expect(await stateOf(asked)).toEqual({ status: 'failed', problem: 'erased' })
  await removeExpired(test.settings)
  await expect(access(zipOf(test, asked))).rejects.toThrow('ENOENT')
})
