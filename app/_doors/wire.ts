/**
 * What lies beneath a request and its answer where our own server (`scripts/web`) takes the one in and sends the other. The standard
 * objects put a stream of the web around each body, and watch for the caller's leaving, whether anybody asks or not: that took a fifth
 * of what a command cost the application.
 */
export type Wire = {
  /** Node's own stream: it can be read once, and who stops early leaves the connection as it is. */
  readonly body: AsyncIterable<Uint8Array> | null
  /** Aborted when whoever asks leaves before all is said, or has left. */
  readonly left: () => AbortSignal
}

const wires = new WeakMap<Request, Wire>()
const texts = new WeakMap<Response, string>()

/** The request, as it came over `wire`. */
export function over(wire: Wire, request: Request): Request {
  wires.set(request, wire)
  return request
}

/** The parts of a request's body; null where none can come. */
export function bodyOf(request: Request): AsyncIterable<Uint8Array> | null {
  const wire = wires.get(request)
  return wire ? wire.body : request.body
}

/** Tells of the caller's leaving. */
export function leaving(request: Request): AbortSignal {
  return wires.get(request)?.left() ?? request.signal
}

type Said = { readonly status: number; readonly headers: Readonly<Record<string, string>> }

/** As `Response.json`, and `textOf` knows what it says. */
export function json(value: unknown, { status, headers }: Said): Response {
  const text = JSON.stringify(value)
  const response = new Response(text, { status, headers: { 'content-type': 'application/json', ...headers } })
  texts.set(response, text)
  return response
}

/** All that an answer says, where that is known without reading it. */
export function textOf(response: Response): string | null {
  return texts.get(response) ?? null
}

/** What Node and the web call it when somebody leaves in the middle. */
export function isCutOff(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false
  return thrown.name === 'AbortError' || ('code' in thrown && CUT_OFF.includes(`${thrown.code}`))
}

const CUT_OFF = ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE']
