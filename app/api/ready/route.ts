import { open } from '@/app/_doors/door'
import { readiness } from '@/db/readiness'

/** Whether requests can be answered now: the database, its migrations, the policies, the sequencer's lag. */
export const GET = open(async ({ doors }) => {
  const state = await readiness(doors.sql, doors.settings.org).catch(() => null)
  const ready = state?.migrated === true && doors.policies.rules.length > 0
  const body = {
    status: ready ? 'ready' : 'not ready',
    database: state !== null,
    migrated: state?.migrated ?? false,
    policies: doors.policies.bundle,
    unsealed: state?.unsealed ?? null,
    lag_ms: state?.lag ?? null,
  }
  return Response.json(body, { status: ready ? 200 : 503, headers: { 'cache-control': 'no-store' } })
})
