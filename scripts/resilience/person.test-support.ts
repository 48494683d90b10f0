import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { until } from './until.test-support'

export type Answer = {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly headers: Headers
}

/** Somebody of the sample who is signed in. */
export type Person = {
  readonly ask: (method: 'GET' | 'POST', path: string, body?: unknown, key?: string) => Promise<Answer>
  /** Listens for news until a line starts so; false when the connection ended before. */
  readonly hears: (line: string) => Promise<boolean>
  readonly attach: (id: string, parts: AsyncIterable<Uint8Array>) => Promise<Answer>
}

export async function untilReady(url: string): Promise<void> {
  await until(() =>
    fetch(`${url}/api/ready`).then(
      (answer) => answer.ok,
      () => false,
    ),
  )
}

export async function signIn(url: string, person: string): Promise<Person> {
  const headers = { origin: url, 'content-type': 'application/json' }
  const answer = await fetch(`${url}/api/auth/local`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ person }),
  })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  const read = async (response: Response) => ({
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  })
  return {
    ask: async (method, path, body, key = randomUUID()) =>
      read(
        await fetch(`${url}${path}`, {
          method,
          headers: { ...headers, cookie, ...(method === 'POST' ? { 'idempotency-key': key } : {}) },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      ),
    async hears(line) {
      const response = await fetch(`${url}/api/v1/stream`, {
        headers: { cookie },
        signal: AbortSignal.timeout(15_000),
      })
      let heard = ''
      const decoder = new TextDecoder()
      for await (const part of response.body ?? []) {
        heard += decoder.decode(part, { stream: true })
        if (heard.includes(`\n${line}`) || heard.startsWith(line)) return true
      }
      return false
    },
    attach: async (id, parts) =>
      read(
        await fetch(`${url}/api/v1/cases/${id}/evidence?name=dump&source=test`, {
          method: 'POST',
          headers: { origin: url, cookie, 'content-type': 'application/octet-stream' },
          body: parts as unknown as BodyInit,
          duplex: 'half',
        } as RequestInit),
      ),
  }
}

export async function aCase({ ask }: Person): Promise<string> {
  const { status, body } = await ask('POST', '/api/v1/promotions', {
    text: `Somebody signed in at night (${randomUUID()}).`,
    title: 'Unexpected sign-in',
    category: 'suspicious-access',
    severity: 'medium',
  })
  if (status !== 201) throw new Error(`promote: ${status} ${JSON.stringify(body)}`)
  return String(body.case)
}

export type Acknowledged = { readonly id: string; readonly key: string; readonly answer: Answer }
export type Traffic = {
  /** Answers other than success, and `null` for a connection that broke. */
  readonly troubles: (Answer | null)[]
  /** Stops sending; answers with everything that was acknowledged. */
  readonly end: () => Promise<Acknowledged[]>
}

/** Several writers at a few cases; each sends a command until it is answered, always under the same key. */
export function traffic(person: Person, cases: readonly string[], writers = 6): Traffic {
  const troubles: (Answer | null)[] = []
  const acknowledged: Acknowledged[] = []
  let ending = false
  const writer = async (index: number) => {
    const id = cases[index % cases.length] ?? ''
    while (!ending) {
      const key = randomUUID()
      for (;;) {
        const answer = await comment(person, id, key).catch(() => null)
        if (answer?.status === 200) {
          acknowledged.push({ id, key, answer })
          break
        }
        troubles.push(answer)
        await pause(50)
      }
      await pause(40)
    }
  }
  const all = Promise.all(Array.from({ length: writers }, (_, index) => writer(index)))
  return {
    troubles,
    async end() {
      ending = true
      await all
      return acknowledged
    },
  }
}

/** The text is the key, so that the record can be asked for it. */
export function comment({ ask }: Person, id: string, key: string): Promise<Answer> {
  return ask('POST', `/api/v1/cases/${id}/add-comment`, { text: `note ${key}` }, key)
}
