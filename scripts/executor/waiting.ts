import type { Next } from './execution'

/** When to look at each item again, and what wakes us before the next poll. */
export type Waiting = {
  readonly isDue: (key: string) => boolean
  /** Forgets what is no longer asked of us. */
  readonly keep: (keys: ReadonlySet<string>) => void
  readonly put: (key: string, next: Next) => void
  /** An event of the stream: an `action` may be work, and a `sealed` or `witnessed` one frees what waits for the log to get so far. */
  readonly heard: (event: string) => void
  readonly wake: () => void
  readonly next: (atMostMs: number, signal: AbortSignal) => Promise<void>
}

/** Where everybody writes at once there is something to hear all the time: it is asked for together. */
export const GATHER_MS = 250
const SOONEST_MS = 500
const LATEST_MS = 60_000
/** The log is seconds behind at most: no reason to wait long for it. A witness may be away for longer, and is heard when it is back. */
const AT_MOST_MS: Record<Exclude<Next, 'done'>, number> = {
  later: LATEST_MS,
  unsealed: 2_000,
  unwitnessed: 10_000,
}
const HEARD: Readonly<Record<string, Next>> = { sealed: 'unsealed', witnessed: 'unwitnessed' }

export function waiting(now: () => number): Waiting {
  const items = new Map<string, { at: number; tries: number; next: Next }>()
  let ring = () => {}
  let rung = false
  /** When the last wait ended: the next one ends a while after it at the earliest. */
  let ended = 0
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
      items.set(key, { at: now() + Math.min(SOONEST_MS * 2 ** tries, AT_MOST_MS[next]), tries, next })
    },
    heard(event) {
      const freed = [...items].filter(([, item]) => item.next === HEARD[event])
      for (const [key, item] of freed) items.set(key, { ...item, at: 0 })
      if (event === 'action' || freed.length > 0) wake()
    },
    next: (atMostMs, signal) =>
      new Promise((done) => {
        const finish = () => {
          clearTimeout(timer)
          signal.removeEventListener('abort', finish)
          ring = () => {}
          rung = false
          ended = now()
          done()
        }
        const coming = [...items.values()].map(({ at }) => at - now()).filter((ms) => ms > 0)
        let timer = setTimeout(finish, Math.min(...coming, atMostMs))
        signal.addEventListener('abort', finish)
        ring = () => {
          clearTimeout(timer)
          timer = setTimeout(finish, Math.max(0, ended + GATHER_MS - now()))
        }
        if (signal.aborted) finish()
        else if (rung) ring()
      }),
  }
}
