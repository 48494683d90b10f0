import { after } from 'next/server'
import { traceOf } from './answer'
import { log } from './log'

const underWay = new Set<Promise<void>>()

/** Does something after the answer is out. Only for what may be lost: everything else goes through the queue. */
export function later(work: () => Promise<unknown>): void {
  const guarded = async () => {
    await work().catch((thrown: unknown) => log.warn(traceOf(thrown), 'work after an answer failed'))
  }
  try {
    after(guarded)
  } catch {
    // Outside of a request of Next's, as in a test: at once.
    const run = guarded().finally(() => underWay.delete(run))
    underWay.add(run)
  }
}

/** When all of it is done; for tests. */
export async function settled(): Promise<void> {
  while (underWay.size) await Promise.all(underWay)
}
