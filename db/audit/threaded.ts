import { Worker } from 'node:worker_threads'
import type { Replays } from './replays'

export type Asked = {
  readonly number: number
  readonly question: keyof Replays
  readonly org: string
  readonly id: string
  readonly seq: number
}
export type Told = { readonly number: number } & ({ readonly value: unknown } | { readonly failed: string })

type Waiting = { readonly done: (value: never) => void; readonly fail: (error: Error) => void }

/** Nobody has replayed anything for so long: the policy sets' memory is given back. */
const QUIET_MS = 10 * 60_000

/**
 * Replays in a thread of their own, started when the first is asked for: loading a policy set is a second or two of work, and asking
 * it for everybody a tenth of one, in which a web process would answer nobody else.
 */
export function threadedReplays(
  program: string,
  data: { readonly url: string; readonly origin: string },
): Replays & { readonly end: () => Promise<void> } {
  const waiting = new Map<number, Waiting>()
  let thread: Worker | null = null
  let quiet: NodeJS.Timeout | undefined
  let asked = 0

  const gone = (error: Error) => {
    thread = null
    for (const { fail } of waiting.values()) fail(error)
    waiting.clear()
  }
  const start = (): Worker => {
    const begun = new Worker(program, { workerData: data })
    begun.unref()
    begun.on('message', (told: Told) => {
      const one = waiting.get(told.number)
      waiting.delete(told.number)
      if ('failed' in told) one?.fail(new Error(told.failed))
      else one?.done(told.value as never)
    })
    begun.on('error', gone)
    begun.on('exit', () => {
      if (thread === begun) gone(new Error('The thread that replays cases has ended.'))
    })
    return begun
  }
  const end = async () => {
    clearTimeout(quiet)
    const last = thread
    thread = null
    await last?.terminate()
  }
  const ask = <T>(question: Asked['question'], org: string, id: string, seq = 0): Promise<T> =>
    new Promise<T>((done, fail) => {
      thread ??= start()
      clearTimeout(quiet)
      quiet = setTimeout(() => void end(), QUIET_MS).unref()
      const number = ++asked
      waiting.set(number, { done, fail })
      thread.postMessage({ number, question, org, id, seq } satisfies Asked)
    })
  return {
    overview: (org, id) => ask('overview', org, id),
    moment: (org, id, seq) => ask('moment', org, id, seq),
    judged: (org, id) => ask('judged', org, id),
    end,
  }
}
