/** Calls a minute for one method, as Slack's tiers have them; `chat.postMessage` counts for each channel. */
export const RATES: Record<string, number> = {
  'conversations.replies': 50,
  'conversations.history': 50,
  'conversations.members': 100,
  'conversations.info': 50,
  'users.info': 100,
  'chat.postMessage': 60,
  'chat.update': 50,
  'views.open': 100,
}

/** `null`: go on. Otherwise the seconds to wait, for `Retry-After`. */
export type Rate = (key: string, method: string) => number | null

export function rateLimit(rates: Record<string, number>, clock: () => number): Rate {
  const calls = new Map<string, number[]>()
  return (key, method) => {
    const most = rates[method]
    if (most === undefined) return null
    const now = clock()
    const recent = (calls.get(key) ?? []).filter((at) => now - at < 60_000)
    const [oldest] = recent
    if (oldest !== undefined && recent.length >= most)
      return Math.max(1, Math.ceil((oldest + 60_000 - now) / 1_000))
    calls.set(key, [...recent, now])
    return null
  }
}
