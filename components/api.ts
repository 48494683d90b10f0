import { isRefusal, type Refusal } from '@/lib/act/refusal'

/** An expected no from the API, or no answer at all, always as a Refusal. */
export class Refused extends Error {
  constructor(
    readonly refusal: Refusal,
    /** HTTP status; 0 when nothing answered. */
    readonly status: number,
    /** The whole body: sign-in adds what a visitor may do. */
    readonly body: unknown = null,
  ) {
    super(refusal.sentence)
  }
}

/** GET, answered as JSON. Throws Refused. */
export function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return send<T>(path, { method: 'GET', ...(signal ? { signal } : {}) })
}

/** POST of a JSON body, answered as JSON. Throws Refused. */
export function post<T>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
  return send<T>(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

/** Any request of our own API, answered as JSON. Throws Refused. */
export async function send<T>(path: string, init: RequestInit): Promise<T> {
  const response = await reach(path, init)
  if (response.status === 204) return undefined as T
  return (await response.json()) as T
}

/** Any request of our own API whose answer is not JSON, e.g. an export. Throws Refused. */
async function reach(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(path, { credentials: 'same-origin', ...init }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Refused(unanswered('The server could not be reached.'), 0)
  })
  if (response.ok) return response
  const body: unknown = await response.json().catch(() => null)
  throw new Refused(
    isRefusal(body) ? body : unanswered(`The server answered ${response.status}.`),
    response.status,
    body,
  )
}

/** A refusal as a reader is told it; `signedOut`: nobody is signed in any more, which signing in changes. */
export type Told = Refusal & { readonly signedOut?: true }

/** What any thrown value means to a reader. */
export function refusalOf(error: unknown): Told {
  if (!(error instanceof Refused)) return unanswered('Something on this page went wrong.')
  const { refusal, status } = error
  return status === 401 && refusal.code === 'forbidden' ? { ...refusal, signedOut: true } : refusal
}

function unanswered(sentence: string): Refusal {
  return {
    refused: true,
    code: 'unavailable',
    sentence,
    remedy: 'What you typed is kept. Try again in a moment.',
  }
}
