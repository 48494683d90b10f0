import { MOST_SKEW_MS, readiness } from '../../db/readiness'
import type { Work } from './work'

/** Every minute: an alarm when our clock and the database's are apart (C66). */
export async function checkClock({ deps, log, org }: Work): Promise<void> {
  const { skew } = await readiness(deps.sql, org)
  if (Math.abs(skew) > MOST_SKEW_MS) log.error({ skew_ms: skew }, 'our clock and the database’s are apart')
}
