import { setTimeout as pause } from 'node:timers/promises'
import { connect } from '../../db/client'

const LOOK_MS = 2_000
/** A worker that has lost its connection is given this long to come back. */
const GRACE_SECONDS = 5

/**
 * Hands out again what a killed worker had begun; the queue itself would wait for four hours. A worker lives as long as it holds
 * a connection under its own name, the one under which its jobs are locked.
 */
export async function freeOrphanedJobs(queueUrl: string, pool: string, signal: AbortSignal): Promise<void> {
  const sql = connect(queueUrl, 1, pool)
  while (!signal.aborted) {
    await sql`
      select graphile_worker.force_unlock_workers(array(
        select distinct locked_by from graphile_worker._private_jobs
        where locked_at < now() - make_interval(secs => ${GRACE_SECONDS}) and locked_by not in (
          select application_name from pg_stat_activity where usename = current_user)))`.catch(
      () => undefined,
    )
    await pause(LOOK_MS, undefined, { signal }).catch(() => undefined)
  }
  await sql.end({ timeout: 1 }).catch(() => undefined)
}
