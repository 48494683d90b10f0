import { setMaxListeners } from 'node:events'

const kept = globalThis as { onRecordStopping?: AbortSignal }

/** Aborted once this process is told to stop: what would go on for ever ends then, and what has begun is finished. */
export function stopping(): AbortSignal {
  kept.onRecordStopping ??= told()
  return kept.onRecordStopping
}

function told(): AbortSignal {
  const controller = new AbortController()
  // Every page that listens waits for it.
  setMaxListeners(0, controller.signal)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => controller.abort())
  return controller.signal
}
