import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { aCase, comment, ORIGIN } from '../../db/database.test-support'
import { openDeps } from '../../db/deps'

/** Writers who go on, each at a case of eight, whatever becomes of the log: through the ledger, as every door does. */
export async function writers(url: string, count: number) {
  const deps = openDeps({ url, origin: ORIGIN, policies: 'policies', connections: 16, name: 'writers' })
  const cases = await Promise.all(Array.from({ length: 8 }, () => aCase(deps)))
  let going = true
  let written = 0
  const writer = async (index: number) => {
    while (going) {
      await comment(deps, cases[index % cases.length] ?? '', `note ${randomUUID()}`)
      written += 1
      await pause(400 + 400 * Math.random())
    }
  }
  const all = Promise.all(Array.from({ length: count }, (_, index) => writer(index)))
  return {
    written: () => written,
    end: async () => {
      going = false
      await all
      await deps.sql.end()
    },
  }
}
