import { setTimeout as pause } from 'node:timers/promises'

/** @throws Error when it does not come to pass */
export async function until(what: () => boolean | Promise<boolean>, most = 60_000): Promise<void> {
  for (const before = Date.now(); ; await pause(25)) {
    if (await what()) return
    if (Date.now() - before > most) throw new Error(`Waited in vain for ${what}`)
  }
}
