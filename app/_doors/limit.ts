import { type Refusal, refuse } from '@/lib/act/refusal'

type Bucket = { tokens: number; at: number }
export type Limit = { readonly burst: number; readonly perSecond: number }

const USUAL = 20
/** A burst of so many seconds' worth. */
const BURST = 6

/**
 * Generous to people, deadly to loops. In memory, so each process counts for itself: it slows abuse, it is no control.
 * ON_RECORD_COMMANDS_PER_SECOND sets another pace, for each person or machine.
 */
export const COMMANDS: Limit = commandsLimit(process.env.ON_RECORD_COMMANDS_PER_SECOND)
/** A page asks for several things at once, and for each of them again whenever something has changed. */
export const READS: Limit = { burst: COMMANDS.burst * 10, perSecond: COMMANDS.perSecond * 10 }
/** Whoever follows the log reads a few hundred tiles at first, then one or two for each checkpoint. */
export const LOG_READERS: Limit = { burst: 3_000, perSecond: 200 }
export const SIGN_INS: Limit = { burst: 30, perSecond: 0.5 }

const MOST = 20_000

function commandsLimit(given: string | undefined): Limit {
  const perSecond = given && /^[1-9]\d{0,8}$/.test(given) ? Number(given) : USUAL
  return { burst: perSecond * BURST, perSecond }
}

export function limiter(limit: Limit, now: () => number = Date.now): (who: string) => Refusal | null {
  const buckets = new Map<string, Bucket>()
  return (who) => {
    const at = now()
    const before = buckets.get(who) ?? { tokens: limit.burst, at }
    const tokens = Math.min(limit.burst, before.tokens + ((at - before.at) / 1000) * limit.perSecond)
    buckets.delete(who)
    if (buckets.size >= MOST) buckets.delete(buckets.keys().next().value ?? '')
    buckets.set(who, { tokens: Math.max(0, tokens - 1), at })
    return tokens >= 1
      ? null
      : refuse('rate_limited', 'That was a lot of requests in a short time.', 'Wait a second, then go on.')
  }
}

/** Whence a request comes, as far as that can be known: behind a proxy, the last address that the proxy added. */
export function addressOf(request: Request): string {
  return request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim().slice(0, 60) ?? 'unknown'
}
