/** What a run at one number of clients gave; times in milliseconds. */
export type Sample = {
  readonly operations: number
  readonly seconds: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

type Plan = { readonly clients: number; readonly warmUpMs: number; readonly ms: number }

/** Each client does one piece of work after another, all clients at once; what ends after the warm-up and before the end counts. */
export async function sampled(
  { clients, warmUpMs, ms }: Plan,
  begun: () => void,
  work: (client: number, count: number) => Promise<void>,
): Promise<Sample> {
  const times: number[] = []
  const start = performance.now() + warmUpMs
  const end = start + ms
  const timer = setTimeout(begun, warmUpMs)
  const client = async (_: unknown, index: number) => {
    for (let count = 0; performance.now() < end; count++) {
      const sent = performance.now()
      await work(index, count)
      const done = performance.now()
      if (done >= start && done <= end) times.push(done - sent)
    }
  }
  try {
    await Promise.all(Array.from({ length: clients }, client))
  } finally {
    clearTimeout(timer)
  }
  times.sort((one, other) => one - other)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { operations: times.length, seconds: ms / 1000, p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}
