import { setTimeout as pause } from 'node:timers/promises'
import { type BundleFile, type BundleKey, bundle } from '@/lib/record/bundle'
import { sha256Hex } from '@/lib/record/digest'
import { isUnavailable } from '../client'
import { MissingContent } from './artefacts'
import {
  beat,
  type Finished,
  finishJob,
  type Job,
  type Progress,
  setTotals,
  type Totals,
  yieldJob,
} from './job'
import { ErasedSince } from './pages'
import { PartDamaged, partsIn } from './parts'
import { type SealedAt, sealedAt } from './sealed'
import { type Exporting, sourceOf } from './source'
import { chooseStreams, SelectionLost, totalsOf } from './streams'

/** How often a writer says that it lives and how far it is, and hears whether somebody has cancelled. */
const BEAT_MS = 500
const LOOK_MS = 100
/** The sequencer seals within a second; waiting longer than this means that it is down. */
const PATIENCE_MS = 120_000
/** Witnesses sign within a second or two; an export doesn't wait longer for one that is down. */
const WITNESS_PATIENCE_MS = 10_000

export type Writing = {
  readonly exporting: Exporting
  /** The key that signs, as it is when the writing begins. */
  readonly key: () => Promise<BundleKey>
  readonly org: string
  readonly writer: string
  /** Takes the files, to wherever they go. `whole` says whether the export still is this writer's to finish. */
  readonly write: (
    files: AsyncIterable<BundleFile>,
    signal: AbortSignal,
    whole: () => Promise<boolean>,
  ) => Promise<Finished | null>
  readonly watch?: (progress: Progress) => void
  /** Where the finished parts of a large export are kept, for the next writer; `of` names what they are made from. Null where none are. */
  readonly parts?: (of: string, totals: Totals) => Promise<string | null>
}

/** What became of it: `yielded` and `lost` exports are taken up again by the next writer. */
export type Ending = 'done' | 'cancelled' | 'yielded' | 'lost' | Problem

/** Why an export failed, as the job keeps it. */
export type Problem = 'not_sealed' | 'no_space' | 'content_missing' | 'selection_lost' | 'erased' | 'internal'

/** Writes one export that was claimed: waits until its event is sealed, chooses its streams, writes, and says so. */
export async function runJob(
  writing: Writing,
  job: Job,
  stop: AbortSignal,
): Promise<{ ending: Ending; error?: unknown }> {
  const { exporting, org, writer } = writing
  const progress: Progress = { step: 'sealing', events: 0, bytes: 0 }
  const heart = beating(writing, job, progress)
  const signal = AbortSignal.any([stop, heart.lost])
  try {
    await make(writing, job, progress, signal, heart.whole)
    return { ending: 'done' }
  } catch (error) {
    if (heart.lost.aborted) return { ending: 'cancelled' }
    if (!stop.aborted && (isUnavailable(error) || error instanceof PartDamaged)) return { ending: 'lost' }
    const problem = stop.aborted ? null : problemOf(error)
    await yieldJob(exporting.sql, org, job.id, writer, problem).catch(() => undefined)
    return problem === null ? { ending: 'yielded' } : { ending: problem, error }
  } finally {
    heart.end()
  }
}

async function make(
  writing: Writing,
  job: Job,
  progress: Progress,
  signal: AbortSignal,
  whole: () => Promise<boolean>,
): Promise<void> {
  const { exporting, key, org, writer, write } = writing
  const { sql } = exporting
  const sealed = await untilSealed(writing, job, signal)
  progress.step = 'choosing'
  await chooseStreams(sql, org, job, sealed.end)
  const totals = await totalsOf(sql, org, job.id, sealed.end)
  await setTotals(sql, org, job.id, totals)
  // Another head, or another version of the program, would make other parts.
  const of = sha256Hex(`${sealed.checkpoint}\n${exporting.software}`).slice(0, 16)
  const folder = (await writing.parts?.(of, totals)) ?? null
  const kept = folder === null ? null : partsIn(folder, progress)
  const source = await sourceOf(exporting, org, job, sealed, progress, signal, kept)
  const file = await write(bundle(source, await key()), signal, whole)
  if (!(await finishJob(sql, org, job.id, writer, file))) throw new Error('the export was cancelled')
}

class NotSealed extends Error {}

async function untilSealed({ exporting, org }: Writing, job: Job, signal: AbortSignal): Promise<SealedAt> {
  const begun = Date.now()
  for (; Date.now() < begun + PATIENCE_MS; await pause(LOOK_MS, undefined, { signal })) {
    const found = await sealedAt(exporting.sql, org, job, Date.now() < begun + WITNESS_PATIENCE_MS)
    if (found) return found
  }
  throw new NotSealed()
}

/** Says again and again that this writer lives; `lost` once the export isn't its own any more. */
function beating({ exporting, org, writer, watch }: Writing, { id }: Job, progress: Progress) {
  const lost = new AbortController()
  let busy = false
  const whole = async () => {
    const ours = await beat(exporting.sql, org, id, writer, progress)
    if (!ours) lost.abort()
    return ours
  }
  const timer = setInterval(() => {
    watch?.(progress)
    if (busy) return
    busy = true
    whole()
      .catch(() => undefined) // the database is away: another beat will tell
      .finally(() => {
        busy = false
      })
  }, BEAT_MS)
  return { lost: lost.signal, whole, end: () => clearInterval(timer) }
}

function problemOf(error: unknown): Problem {
  if (error instanceof NotSealed) return 'not_sealed'
  if (error instanceof SelectionLost) return 'selection_lost'
  if (error instanceof ErasedSince) return 'erased'
  if (error instanceof MissingContent) return 'content_missing'
  const code = error instanceof Error && 'code' in error ? error.code : null
  return code === 'ENOSPC' || code === 'EDQUOT' ? 'no_space' : 'internal'
}
