import { statfs } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { BundleKey } from '@/lib/record/bundle'
import { isUnavailable } from '../client'
import { within } from '../within'
import type { ExportFiles } from './files'
import { claimJob, type Finished, type Job, moveJob, readJob } from './job'
import { type Ending, runJob, type Writing } from './run'
import type { Exporting } from './source'

export type ExporterSettings = {
  readonly exporting: Exporting
  readonly files: ExportFiles
  readonly key: () => Promise<BundleKey>
  readonly org: string
  /** A name that no other writer has. */
  readonly writer: string
  /** So many files are written at once; the others wait. */
  readonly most: number
  /** From so many events on, finished parts are kept until the file is whole. */
  readonly large?: number
  readonly report: (id: string, ending: Ending | 'begun', error?: unknown) => void
}

/** A smaller export is made again in less time than keeping its parts is worth. */
const LARGE = 20_000
/** All parts together have five to six times the bytes of the events; evidence has none. */
const ROOM = 10

/** Looks this often, even if nobody rings. */
const LOOK_MS = 2_000

export type Exporter = {
  /** Something may be waiting: look now. */
  readonly ring: () => void
  /** Ends when the signal is aborted and what was begun has been given back. */
  readonly run: (signal: AbortSignal) => Promise<void>
}

/** Writes the files of exports, a few at once, until asked to stop. What a killed writer had begun is begun again. */
export function exporter(settings: ExporterSettings): Exporter {
  const running = new Set<Promise<void>>()
  let wake = new AbortController()
  const ring = () => wake.abort()
  return {
    ring,
    async run(signal) {
      while (!signal.aborted) {
        wake = new AbortController()
        const job = running.size < settings.most ? await next(settings) : null
        if (job) running.add(begun(settings, job, signal, running, ring))
        else
          await pause(LOOK_MS, undefined, { signal: AbortSignal.any([signal, wake.signal]) }).catch(
            () => undefined,
          )
      }
      await Promise.all(running)
    },
  }
}

async function next({ exporting, org, writer }: ExporterSettings): Promise<Job | null> {
  try {
    return await claimJob(exporting.sql, org, writer)
  } catch (error) {
    if (isUnavailable(error)) return null
    throw error
  }
}

function begun(
  settings: ExporterSettings,
  job: Job,
  signal: AbortSignal,
  running: Set<Promise<void>>,
  ring: () => void,
): Promise<void> {
  settings.report(job.id, 'begun')
  const work = runJob(toFile(settings, job), job, signal).then(async ({ ending, error }) => {
    await clearAway(settings, job, ending).catch(() => undefined) // the clean-up of the day does it again
    running.delete(work)
    settings.report(job.id, ending, error)
    ring()
  })
  return work
}

/** Parts stay for who goes on with them: whoever was merely taken for dead removes nothing of another writer's. */
async function clearAway(
  { exporting, files, org }: ExporterSettings,
  { id }: Job,
  ending: Ending,
): Promise<void> {
  if (ending === 'yielded' || ending === 'lost') return
  const now = await readJob(exporting.sql, org, id)
  if (now?.status !== 'writing' && now?.status !== 'waiting') await files.dropParts(org, id)
}

/** Into a draft beside the file; it becomes the file only as long as nobody cancelled. */
function toFile(settings: ExporterSettings, { id }: Job): Writing {
  const { exporting, files, key, org, writer, large = LARGE } = settings
  const write: Writing['write'] = async (parts, signal, whole): Promise<Finished> => {
    const draft = await files.draft(org, id, parts, signal)
    if (await whole()) await draft.place()
    else await draft.drop()
    return { bytes: draft.bytes, sha256: draft.sha256 }
  }
  const parts: Writing['parts'] = async (of, { events, bytes }) => {
    if (events < large) return null
    const folder = await files.parts(org, id, of)
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize > ROOM * bytes ? folder : null
  }
  return { exporting, key, org, writer, write, parts }
}

/** Deletes files whose time is over or of which something was erased, and what was cancelled at the last moment. The export stays on the list. */
export async function removeExpired({
  exporting,
  files,
  org,
}: Pick<ExporterSettings, 'files' | 'org'> & { readonly exporting: Pick<Exporting, 'sql'> }) {
  const over = await within(
    exporting.sql,
    org,
    (tx) => tx<{ id: string; status: string }[]>`
      select id, status from export_job where org = ${org}
        and ((status = 'done' and expires_at < now()) or (status in ('cancelled', 'failed') and finished_at > now() - interval '2 days'))`,
  )
  for (const { id, status } of over) {
    if (status === 'done') await moveJob(exporting.sql, org, id, ['done'], 'expired')
    await files.remove(org, id)
  }
  return over.length
}
