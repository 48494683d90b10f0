import { mkdtemp, open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createInflateRaw } from 'node:zlib'
import type { BundleKey } from '@/lib/record/bundle'
import { concat, fromUtf8 } from '@/lib/record/bytes'
import { formatVkey, noteSigner } from '@/lib/record/note'
import { ed25519Signer } from '@/lib/record/signature'
import { allowedSignersLine } from '@/lib/record/sshsig'
import { type BundleReader, type Report, type VerifyOptions, verifyBundle } from '@/lib/record/verify'
import { openZip } from '@/lib/record/zip'
import { contentStore } from '../content/store'
import { done, LOG_ORIGIN, LOG_SEED, type TestDatabase, testDatabase } from '../database.test-support'
import { sampleActor } from '../seed/actors'
import { SAMPLE_ORG } from '../seed/people'
import { type ExporterSettings, exporter } from './exporter'
import { type ExportFiles, exportFiles } from './files'
import { openJob } from './job'
import type { Ending } from './run'
import { keepCases } from './streams'

export const KEY: BundleKey = {
  signer: ed25519Signer(new Uint8Array(32).fill(9)),
  principal: 'record.example',
}
/** What the auditor brings: the log's key and the signer's, from where the organisation publishes them. */
export const AUDITOR: VerifyOptions = {
  policy: `log ${formatVkey(noteSigner(`${LOG_ORIGIN}/${SAMPLE_ORG}`, LOG_SEED))}\nquorum none\n`,
  allowedSigners: allowedSignersLine(KEY.principal, KEY.signer.publicKey),
}

export type TestExports = TestDatabase & {
  readonly folder: string
  readonly files: ExportFiles
  readonly settings: ExporterSettings
  /** What became of each export, in order. */
  readonly endings: { id: string; ending: Ending | 'begun' }[]
  /** Writes what is waiting, until nothing is. */
  readonly writeAll: () => Promise<void>
}

/** @param more settings other than the usual ones */
export async function testExports(more: Partial<ExporterSettings> = {}): Promise<TestExports> {
  const database = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'on-record-exports-'))
  const files = exportFiles(folder)
  const endings: TestExports['endings'] = []
  const settings: ExporterSettings = {
    exporting: {
      sql: database.deps.sql,
      content: contentStore(database.deps.sql, folder),
      software: 'On Record (test)',
      home: process.cwd(),
    },
    files,
    key: async () => KEY,
    org: SAMPLE_ORG,
    writer: 'a writer of this test',
    most: 2,
    report: (id, ending, error) => {
      endings.push({ id, ending })
      if (error) throw error
    },
    ...more,
  }
  const writeAll = async () => {
    await database.seal()
    const stopping = new AbortController()
    const running = exporter(settings).run(stopping.signal)
    while ((await unfinished(database)) > 0) await new Promise((resolve) => setTimeout(resolve, 20))
    stopping.abort()
    await running
  }
  return { ...database, folder, files, settings, endings, writeAll }
}

async function unfinished({ admin }: TestDatabase): Promise<number> {
  const [row] = await admin<
    { count: number }[]
  >`select count(*)::int as count from export_job where status in ('waiting', 'writing')`
  return row?.count ?? 0
}

type Wide =
  | { scope: 'everything' }
  | { scope: 'cases'; cases: string[] }
  | { scope: 'period'; from: string; to: string; first: number; last: number | null }

/** Esther asks for an export; answers with its id. */
export async function askFor({ deps }: TestDatabase, what: string | Wide): Promise<string> {
  const purpose = 'The yearly audit'
  const esther = sampleActor('usr_esther')
  const id = deps.newId('export')
  const order =
    typeof what === 'string'
      ? ({ kind: 'case', stream: what, command: 'exportCase', input: { purpose } } as const)
      : ({
          kind: 'registry',
          stream: 'registry',
          command: 'exportRecord',
          input: { export: id, purpose, ...(await wideInput(deps, id, what)) },
        } as const)
  const receipt = await done(deps, esther, order)
  const seq = receipt.events.find(({ type }) => type.endsWith('.exported'))?.seq ?? -1
  const opened = await openJob(deps.sql, SAMPLE_ORG, order.stream, seq)
  if (!opened) throw new Error('the export was not found on the record')
  return opened
}

async function wideInput(deps: TestDatabase['deps'], id: string, what: Wide): Promise<object> {
  if (what.scope !== 'cases') return what
  const { streams, sha256 } = await keepCases(deps.sql, SAMPLE_ORG, id, what.cases)
  return { scope: 'cases', streams, streams_sha256: sha256 }
}

/** The bundle in a zip file, read as the verifier reads it. */
export async function readZip(path: string): Promise<{ reader: BundleReader; close: () => Promise<void> }> {
  const handle = await open(path, 'r')
  const { size } = await handle.stat()
  const read = async (offset: number, length: number) => {
    const bytes = new Uint8Array(length)
    const { bytesRead } = await handle.read(bytes, 0, length, offset)
    return bytes.subarray(0, bytesRead)
  }
  const reader = await openZip({ size, read }, (parts) => Readable.from(parts).pipe(createInflateRaw()))
  return { reader, close: () => handle.close() }
}

export function zipOf({ folder }: TestExports, id: string): string {
  return join(folder, 'exports', SAMPLE_ORG, `${id}.zip`)
}

export async function verdictOn(test: TestExports, id: string, more: VerifyOptions = {}): Promise<Report> {
  const { reader, close } = await readZip(zipOf(test, id))
  const report = await verifyBundle(reader, { ...AUDITOR, ...more })
  await close()
  return report
}

export async function fileIn(test: TestExports, id: string, path: string): Promise<string> {
  const { reader, close } = await readZip(zipOf(test, id))
  const parts: Uint8Array[] = []
  for await (const part of reader.open(path)) parts.push(part)
  await close()
  return fromUtf8(concat(...parts))
}

export function failures({ findings }: Report): string[] {
  return findings.filter(({ level }) => level === 'fail').map(({ code, sentence }) => `${code}: ${sentence}`)
}
