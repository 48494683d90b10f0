import { randomUUID } from 'node:crypto'
import { contentStore } from '../../db/content/store'
import { type Job, openJob, type Progress, readJob } from '../../db/export/job'
import { problemWords } from '../../db/export/problem-words'
import { runJob } from '../../db/export/run'
import { SOFTWARE } from '../../db/export/software'
import { keepCases } from '../../db/export/streams'
import { liveKeys } from '../../db/keys/live'
import { type Order, perform } from '../../lib/act/perform'
import { isRefusal } from '../../lib/act/refusal'
import type { BundleKey } from '../../lib/record/bundle'
import { home } from '../home'
import { systemActor } from '../system'
import type { Covered } from './export-scope'
import type { Installation } from './installation'
import { type Written, writeOut } from './out'

/** Puts the export on record and writes it here, as the record's console, not as the worker's job. */
export async function writeExport(
  installation: Installation,
  covered: Covered,
  purpose: string,
  out: string,
): Promise<Written> {
  const { deps, folders, org } = installation
  const writer = `console ${process.pid} ${randomUUID().slice(0, 8)}`
  const job = await recorded(installation, covered, purpose, writer)
  let written: Written = { files: 0, bytes: 0 }
  const stopping = new AbortController()
  const stop = () => stopping.abort()
  process.once('SIGINT', stop)
  const { ending, error } = await runJob(
    {
      exporting: {
        sql: deps.sql,
        content: contentStore(deps.sql, folders.evidence),
        software: SOFTWARE,
        home: home(),
      },
      key: () => signing(installation),
      org,
      writer,
      watch: tell,
      write: async (files, signal) => {
        written = await writeOut(files, out, signal)
        return null
      },
    },
    job,
    stopping.signal,
  )
  process.off('SIGINT', stop)
  if (ending === 'done') return written
  if (error instanceof Error && ending === 'internal') throw error
  const { sentence, remedy } = problemWords(ending)
  throw new Error(`The export is on record, and was not written. ${sentence} ${remedy}`)
}

async function recorded(
  { deps, org }: Installation,
  covered: Covered,
  purpose: string,
  writer: string,
): Promise<Job> {
  const order = await orderOf({ deps, org }, covered, purpose)
  const receipt = await perform(deps, systemActor('sys_console', org), order)
  if (isRefusal(receipt)) throw new Error(`${receipt.sentence} ${receipt.remedy}`)
  const seq = receipt.events.find(({ type }) => type.endsWith('.exported'))?.seq ?? -1
  const id = await openJob(deps.sql, org, order.stream, seq, writer)
  const job = id && (await readJob(deps.sql, org, id))
  if (!job) throw new Error('The export is on record, but it can’t be found there.')
  return job
}

async function orderOf(
  { deps, org }: Pick<Installation, 'deps' | 'org'>,
  covered: Covered,
  purpose: string,
): Promise<Order> {
  const id = deps.newId('export')
  if (covered.scope === 'case')
    return { kind: 'case', stream: covered.case, command: 'exportCase', input: { purpose }, key: id }
  const input = { export: id, purpose, ...(await said(deps, org, id, covered)) }
  return { kind: 'registry', stream: 'registry', command: 'exportRecord', input, key: id }
}

/** What the record says that it covers; which cases is kept beside it, and named by a digest. */
async function said(
  { sql }: Installation['deps'],
  org: string,
  id: string,
  covered: Exclude<Covered, { scope: 'case' }>,
): Promise<object> {
  if (covered.scope !== 'cases') return covered
  const { streams, sha256 } = await keepCases(sql, org, id, covered.cases)
  return { scope: 'cases', filter: covered.filter, streams, streams_sha256: sha256 }
}

async function signing({ deps, org, rings, settings }: Installation): Promise<BundleKey> {
  const signer = await liveKeys(deps.sql, org, rings.application).export()
  return { signer, principal: new URL(settings.url).host }
}

/** On one line of a terminal; elsewhere now and then, so that a log stays short. */
const tell = (() => {
  let told = 0
  return ({ step, events, bytes }: Progress) => {
    const line = `${step}: ${Math.floor(events)} events, ${(bytes / 1e6).toFixed(1)} MB read`
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`)
    else if (told++ % 20 === 0) process.stderr.write(`${line}\n`)
  }
})()
