import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const PATIENCE_MS = 90_000

/** The sample's closed case is worked by the executor after the start: journeys begin when it is there. */
export default async function wait(): Promise<void> {
  const note = join(process.env.E2E_DATA ?? '', 'postgres', 'sample-case-is-closed')
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(200)) {
    const found = await access(note).then(
      () => true,
      () => false,
    )
    if (found) return
  }
  throw new Error(`The sample’s closed case was not finished: there is no ${note}.`)
}
