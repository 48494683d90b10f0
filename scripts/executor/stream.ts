import { setTimeout as pause } from 'node:timers/promises'
import type { Door } from './door'

/** Calls back on each server-sent event by its name, and connects again for as long as it isn't aborted. Events may be missed: we also poll. */
export async function follow(door: Door, heard: (event: string) => void, signal: AbortSignal): Promise<void> {
  for (let failures = 0; !signal.aborted; ) {
    try {
      for await (const event of events(await door.listen('/api/v1/stream', signal), signal)) {
        failures = 0
        heard(event)
      }
    } catch {
      failures += 1
    }
    await pause(Math.min(1_000 * 2 ** failures, 30_000), undefined, { signal }).catch(() => {})
  }
}

/**
 * The names of the events in a text/event-stream. The stream is cancelled here when the signal is aborted: `fetch` forgets the
 * signal that it was given as soon as its request is garbage, and the wait for the next chunk would never end.
 */
export async function* events(body: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<string> {
  const reader = body.getReader()
  const cancel = () => void reader.cancel().catch(() => {})
  signal.addEventListener('abort', cancel, { once: true })
  const decoder = new TextDecoder()
  let text = ''
  try {
    if (signal.aborted) cancel()
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      text += decoder.decode(read.value, { stream: true })
      const blocks = text.split(/\r?\n\r?\n/)
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const name = /^event: ?(.+)$/m.exec(block)?.[1]
        if (name) yield name.trim()
      }
    }
  } finally {
    signal.removeEventListener('abort', cancel)
    cancel()
  }
}
