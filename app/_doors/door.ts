import { newId } from '@/db/ids'
import { isRefusal, type Refusal, refuse } from '@/lib/act/refusal'
import type { Actor } from '@/lib/identity/actor'
import { answer, answerThrown, signInFirst } from './answer'
import { type Doors, doors } from './deps'
import { COMMANDS, limiter, READS } from './limit'
import { log } from './log'
import { who } from './who'
import { isCutOff, leaving } from './wire'

export type Asked = {
  readonly request: Request
  readonly url: URL
  readonly params: Readonly<Record<string, string>>
  readonly actor: Actor
  readonly doors: Doors
}
type Context = { params: Promise<Record<string, string | string[] | undefined>> }
export type Door = (request: Request, context: Context) => Promise<Response>

const commandsOf = limiter(COMMANDS)
const readsOf = limiter(READS)
/** Ids, digests, slugs: whatever stands in one of our paths. */
const PART = /^[A-Za-z0-9_.-]{1,100}$/

/**
 * A route: who is asking -> `work` -> the answer. `work` returns a view, a receipt, a refusal or a Response of its own.
 * `created`: the status of an answer that made something.
 */
export function door(work: (asked: Asked) => Promise<unknown>, status = 200): Door {
  return open(async ({ request, url, params, doors: opened, id }) => {
    const found = await who(request, id, opened)
    if ('nobody' in found) return signInFirst(found.nobody)
    if ('refused' in found) return answer(found.refused)
    const count = request.method === 'GET' ? readsOf : commandsOf
    const tooMany = count(`${found.actor.org}/${found.actor.id}`)
    return answer(
      tooMany ?? (await work({ request, url, params, actor: found.actor, doors: opened })),
      status,
    )
  })
}

export type Visit = Omit<Asked, 'actor'> & { readonly id: string }

/** A route that knows by itself who is asking, or that anybody may ask. */
export function open(work: (visit: Visit) => Promise<Response>): Door {
  return (request, context) => numbered(request, (id) => visited(work, request, context, id))
}

/** Whatever is answered carries the number of its request, and leaves a line in the log. */
export async function numbered(
  request: Request,
  answering: (id: string) => Promise<Response>,
): Promise<Response> {
  const id = newId('rq')
  const begun = performance.now()
  const response = await answering(id).catch((thrown: unknown) =>
    hasLeft(request, thrown) ? answer(BROKEN_OFF) : answerThrown(thrown, id),
  )
  response.headers.set('x-request-id', id)
  const { pathname } = new URL(request.url)
  log.info(
    {
      request: id,
      method: request.method,
      path: pathname.slice(0, 200),
      status: response.status,
      ms: Math.round(performance.now() - begun),
    },
    'answered',
  )
  return response
}

const BROKEN_OFF = refuse('invalid', 'The request broke off before all of it was here.', 'Send it again.')

/** Whoever asked is no longer there, in the middle of what they sent: nobody reads the answer, and nothing is wrong with us. */
function hasLeft(request: Request, thrown: unknown): boolean {
  return isCutOff(thrown) && leaving(request).aborted
}

async function visited(
  work: (visit: Visit) => Promise<Response>,
  request: Request,
  context: Context,
  id: string,
): Promise<Response> {
  const params = coded(request) ?? partsOf(await context.params)
  if (isRefusal(params)) return answer(params)
  return work({ request, url: new URL(request.url), params, doors: doors(), id })
}

/** RFC 9110 8.4: a body is read as it is sent, and one that is coded is refused rather than taken for what it isn't. */
function coded({ headers }: Request): Refusal | null {
  const coding = headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity'
  if (coding === 'identity') return null
  return refuse(
    'unsupported',
    'The body is compressed or coded otherwise.',
    'Send it without Content-Encoding.',
  )
}

function partsOf(given: Awaited<Context['params']> | undefined): Record<string, string> | Refusal {
  const parts: Record<string, string> = {}
  for (const [name, value] of Object.entries(given ?? {})) {
    const part = Array.isArray(value) ? value.join('.') : (value ?? '')
    if (!PART.test(part))
      return refuse('not_found', 'There is no such thing, or it is not yours to see.', 'Check the link.')
    parts[name] = part
  }
  return parts
}
