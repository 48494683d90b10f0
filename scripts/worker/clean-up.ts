import { within } from '../../db/within'
import type { Work } from './work'

/** Removes what has served: answers that nobody repeats after so long, ended sessions, assertions that can't be used any more. */
export async function cleanUp({ deps, log, org }: Work): Promise<void> {
  const removed = await within(deps.sql, org, async (tx) => {
    const answers = await tx`delete from answer where org = ${org} and at < now() - interval '30 days'`
    const sessions = await tx`delete from session where org = ${org} and expires < now()`
    const assertions =
      await tx`delete from used_assertion where org = ${org} and expires < now() - interval '5 minutes'`
    const drafts = await tx`delete from draft where org = ${org} and created_at < now() - interval '7 days'`
    return {
      answers: answers.count,
      sessions: sessions.count,
      assertions: assertions.count,
      drafts: drafts.count,
    }
  })
  log.info(removed, 'cleaned up')
}
