import { traceOf } from './answer'
import { log } from './log'

const underWay = new Set<Promise<void>>()

/** Does something that no answer waits for. Only for what may be lost: everything else goes through the queue. */
export function later(work: () => Promise<unknown>): void {
  const run = guarded(work).finally(() => underWay.delete(run))
  underWay.add(run)
}

async function guarded(work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (thrown) {
    log.warn(traceOf(thrown), 'work after an answer failed')
  }
}

/** When all of it is done: before this process ends. */
export async function settled(): Promise<void> {
  while (underWay.size) await Promise.all(underWay)
}
