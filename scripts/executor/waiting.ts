import type { Next } from './execution'

/** When to look at each item again, and what wakes us before the next poll. */
export type Waiting = {
  readonly isDue: (key: string) => boolean
  /** Forgets what is no longer asked of us. */
  readonly keep: (keys: ReadonlySet<string>) => void
  readonly put: (key: string, next: Next) => void
  /** An event of the stream: a `sealed` one frees what waits for the log. */
  readonly heard: (event: string) => void
  readonly wake: () => void
  readonly next: (atMostMs: number, signal: AbortSignal) => Promise<void>
}

const SOONEST_MS = 500
const LATEST_MS = 60_000

export function waiting(now: () => number): Waiting {
  const items = new Map<string, { at: number; tries: number; unsealed: boolean }>()
  let ring = () => {}
  let rung = false
  const wake = () => {
    rung = true
    ring()
  }
  return {
    wake,
    isDue: (key) => (items.get(key)?.at ?? 0) <= now(),
    keep(keys) {
      for (const key of items.keys()) if (!keys.has(key)) items.delete(key)
    },
    put(key, next) {
      if (next === 'done') return void items.delete(key)
      const tries = (items.get(key)?.tries ?? 0) + 1
      // The log is seconds behind at most: no reason to wait long for it.
      const most = next === 'unsealed' ? 2_000 : LATEST_MS
      items.set(key, {
        at: now() + Math.min(SOONEST_MS * 2 ** tries, most),
        tries,
        unsealed: next === 'unsealed',
      })
    },
    heard(event) {
      if (event !== 'sealed' && event !== 'change') return
      if (event === 'sealed')
        for (const [key, item] of items) if (item.unsealed) items.set(key, { ...item, at: 0 })
      wake()
    },
    next: (atMostMs, signal) =>
      new Promise((done) => {
        const finish = () => {
          clearTimeout(timer)
          signal.removeEventListener('abort', finish)
          ring = () => {}
          rung = false
          done()
        }
        const coming = [...items.values()].map(({ at }) => at - now()).filter((ms) => ms > 0)
        const soonest = Math.min(...coming, atMostMs)
        const timer = setTimeout(finish, soonest)
        signal.addEventListener('abort', finish)
        ring = finish
        if (rung || signal.aborted) finish()
      }),
  }
}
