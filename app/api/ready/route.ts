import { open } from '@/app/_doors/door'
import { log } from '@/app/_doors/log'
import { MOST_SKEW_MS, readiness } from '@/db/readiness'

/** Whether requests can be answered now: the database, its migrations, the policies, the sequencer's lag. */
export const GET = open(async ({ doors }) => {
  const state = await readiness(doors.sql, doors.settings.org).catch(() => null)
  const ready = state?.migrated === true && doors.policies.rules.length > 0
  const apart = Math.abs(state?.skew ?? 0) > MOST_SKEW_MS
  if (apart) log.error({ skew_ms: state?.skew }, 'our clock and the database’s are apart')
  const body = {
    status: ready ? 'ready' : 'not ready',
    database: state !== null,
    migrated: state?.migrated ?? false,
    policies: doors.policies.bundle,
    unsealed: state?.unsealed ?? null,
    lag_ms: state?.lag ?? null,
    signs: state?.signs ?? null,
    clock_skew_ms: state?.skew ?? null,
    clock: apart ? 'apart' : 'ok',
  }
  return Response.json(body, { status: ready ? 200 : 503, headers: { 'cache-control': 'no-store' } })
})
