import { setTimeout as pause } from 'node:timers/promises'
import type { Child } from './child'

const PATIENCE_MS = 120_000
const GIVES_UP_AFTER = 4

/** Waits until the application says that it can work. @throws Error with the reason why it doesn't */
export async function untilReady(
  address: string,
  web: Child,
  logs: string,
  signal: AbortSignal,
): Promise<void> {
  const until = Date.now() + PATIENCE_MS
  let said = 'It gave no answer.'
  while (Date.now() < until && web.failures() < GIVES_UP_AFTER && !signal.aborted) {
    const answer = await fetch(`${address}/api/ready`, { signal: AbortSignal.timeout(5_000) }).catch(
      () => null,
    )
    if (answer?.ok) return
    if (answer) said = `It answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`
    await pause(40)
  }
  if (signal.aborted) return
  throw new Error(`The application is not ready. ${said} Its log is ${logs}/web.log.`)
}
