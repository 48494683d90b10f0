import type { Client } from '../../db/client'

/**
 * As if a killed worker had begun its jobs a minute ago: the next one takes them at once. Otherwise they stay with it for some seconds, in
 * which it might have come back; killed-workers.test.ts waits for that.
 */
export async function abandonedLongAgo(admin: Client): Promise<void> {
  await admin`update graphile_worker._private_jobs set locked_at = locked_at - interval '1 minute' where locked_at is not null`
}
