import { setTimeout as pause } from 'node:timers/promises'
import type { WorkerEvents } from 'graphile-worker'
import { connect } from '../../db/client'

const LOOK_MS = 2_000
/** A worker that has lost its connection is given this long to come back. */
const GRACE_SECONDS = 5
/** The queue's library itself tries for a while to hand a job back: what it may still be doing is not called lost. */
const LOST_AFTER_SECONDS = 60

/** The attempts at jobs that a worker is busy with, or was until a moment ago: `<id of the job>/<attempt>`. */
export type InHand = ReadonlySet<string>

/** Follows what a worker has in hand, from its own events. */
export function inHand(events: WorkerEvents): InHand {
  const attempts = new Set<string>()
  const name = ({ id, attempts: attempt }: { id: string; attempts: number }) => `${id}/${attempt}`
  events.on('job:start', ({ job }) => void attempts.add(name(job)))
  events.on('job:complete', ({ job }) => {
    setTimeout(() => attempts.delete(name(job)), LOST_AFTER_SECONDS * 1_000).unref()
  })
  return attempts
}

/**
 * Hands out again what nobody is doing any more; the queue itself would wait for four hours. That is what a killed worker had begun: a worker
 * lives as long as it holds a connection under its own name, the one under which its jobs are locked. And it is what this worker took, or
 * wanted to hand back, at the moment when the database went away.
 */
export async function freeOrphanedJobs(
  queueUrl: string,
  pool: string,
  own: InHand,
  signal: AbortSignal,
): Promise<void> {
  const sql = connect(queueUrl, 1, pool)
  while (!signal.aborted) {
    await sql`
      update graphile_worker._private_jobs set locked_by = null, locked_at = null
      where locked_at < now() - make_interval(secs => ${GRACE_SECONDS}) and locked_by not in (
          select application_name from pg_stat_activity where usename = current_user)
        or locked_by = ${pool} and locked_at < now() - make_interval(secs => ${LOST_AFTER_SECONDS})
          and id || '/' || attempts <> all(${[...own]}::text[])`.catch(() => undefined)
    await pause(LOOK_MS, undefined, { signal }).catch(() => undefined)
  }
  await sql.end({ timeout: 1 }).catch(() => undefined)
}
