import { answer } from '@/app/_doors/answer'
import { type Door, numbered } from '@/app/_doors/door'
import { nowhere } from '@/app/_doors/not-found'
import { refuse } from '@/lib/act/refusal'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
type Method = (typeof METHODS)[number]
/** A route's address as its folders spell it (`/api/v1/cases/[id]`), and the doors that it exports, by method. */
export type Route = readonly [address: string, doors: Partial<Record<Method, Door>>]
type Params = Record<string, string | string[]>

/** Answers for all of `routes`, and for what is none of them. */
export function api(routes: readonly Route[]): (request: Request) => Promise<Response> {
  const find = finder(routes)
  return async (request) => {
    const found = find(new URL(request.url).pathname)
    if (!found) return numbered(request, async () => answer(nowhere()))
    const { doors, params } = found
    const isHead = request.method === 'HEAD'
    const method = METHODS.find((each) => each === (isHead ? 'GET' : request.method))
    const door = method && doors[method]
    if (!door) return numbered(request, async () => notTaken(doors))
    const response = await door(request, { params: Promise.resolve(params) })
    return isHead ? withoutBody(response) : response
  }
}

/** RFC 9110 9.3.2: what GET would answer, without its content. */
async function withoutBody(response: Response): Promise<Response> {
  await response.body?.cancel()
  return new Response(null, response)
}

/** RFC 9110 15.5.6: there is such an address, and it says what may be asked of it. */
function notTaken(doors: Route[1]): Response {
  const allowed = METHODS.filter((method) => doors[method])
  const allow = [...allowed, ...(doors.GET ? ['HEAD'] : [])].join(', ')
  const refused = answer(
    refuse('unsupported', `This address takes ${allow} alone.`, 'See /api/v1/openapi.json.'),
  )
  return new Response(refused.body, { status: 405, headers: [...refused.headers, ['allow', allow]] })
}

type Found = { readonly doors: Route[1]; readonly params: Params }

/** Which route has this path? Of several, the one that says more of it in so many letters, as Next has it. */
export function finder(routes: readonly Route[]): (path: string) => Found | null {
  const compiled = routes
    .map(([address, doors]) => ({ rank: rankOf(address), pattern: patternOf(address), doors }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
  return (path) => {
    for (const { pattern, doors } of compiled) {
      const match = pattern.exec(path)
      if (match) return { doors, params: paramsOf(match.groups ?? {}) }
    }
    return null
  }
}

const REST = '__rest'

/** `/cases/[id]` -> ^/cases/(?<id>[^/]+)$ and `/tile/[...tile]` -> ^/tile/(?<tile__rest>.+)$ */
function patternOf(address: string): RegExp {
  const parts = address.split('/').map((part) => {
    const [, rest, name] = /^\[(\.\.\.)?(\w+)\]$/.exec(part) ?? []
    if (!name) return part.replaceAll('.', '\\.')
    return rest ? `(?<${name}${REST}>.+)` : `(?<${name}>[^/]+)`
  })
  return new RegExp(`^${parts.join('/')}$`)
}

function paramsOf(groups: Readonly<Record<string, string>>): Params {
  return Object.fromEntries(
    Object.entries(groups).map(([name, value]) =>
      name.endsWith(REST) ? [name.slice(0, -REST.length), value.split('/')] : [name, value],
    ),
  )
}

/** Part by part: fixed before one of any name before all the rest. */
function rankOf(address: string): string {
  return address
    .split('/')
    .map((part) => (part.startsWith('[...') ? '2' : part.startsWith('[') ? '1' : '0'))
    .join('')
}
