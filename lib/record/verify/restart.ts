import { equal } from '../bytes'
import type { Checkpoint } from '../checkpoint'
import type { Restart } from './registry'
import type { Reporter, Where } from './report'

/**
 * A checkpoint of the log that this one took over from: the new log has to own up to all of it. False where it is of some other log, or
 * where nothing can be said of it.
 */
export function checkBefore(
  report: Reporter,
  old: Checkpoint,
  restart: Restart | null,
  where: Where,
): boolean {
  if (restart === null || old.origin !== restart.head.origin || old.size < restart.head.size) return false
  const { head } = restart
  if (old.size > head.size) {
    const sentence = `The old log had at least ${old.size} entries; the one that took over admits to ${head.size}.`
    report.add('log.entries_lost', sentence, where)
  } else if (equal(old.root, head.root)) {
    report.add(
      'kept.consistent',
      `The log that took over embeds just this checkpoint of ${old.size} entries.`,
      where,
    )
  } else {
    report.add('log.forked', `The log that took over embeds another root of ${old.size} entries.`, where)
  }
  return true
}
