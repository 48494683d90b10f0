import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { nameCaller } from './caller'
import { drain } from './drain'
import { OF_NEXT } from './of-next.mjs'
import { makeReadable } from './readable'

/** Who answers what: the API for itself, everything else is Next's. A page is looked at: Next would answer any other method with it as well. */
export function listener(api: RequestListener, pages: RequestListener): RequestListener {
  return (request, response) => {
    drain(request, response)
    makeReadable(request)
    nameCaller(request)
    const asked = whoseIs(request.url ?? '/')
    if (asked === 'api') api(request, response)
    else if (asked === 'page' && !isLooking(request)) refuse(response)
    else pages(request, response)
  }
}

/** However the path is spelled (`//api`, `/x/../api`, `/%61pi`): what looks like the API's to anybody is told of by the API. */
function whoseIs(url: string): 'api' | 'door of Next' | 'page' {
  const [path = ''] = url.split('?', 1)
  const plain = decodeURIComponent(path).replace(/[/\\]{2,}/g, '/')
  const [, first, second] = new URL(`http://localhost${encodeURI(plain)}`).pathname.split('/')
  if (first !== 'api' || second === undefined) return 'page'
  return OF_NEXT.includes(second) ? 'door of Next' : 'api'
}

function isLooking({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD'
}

/** RFC 9110 15.5.6. */
function refuse(response: ServerResponse): void {
  const sentence = 'This is the address of a page, which takes nothing. What is to be done goes to /api/v1.\n'
  response.writeHead(405, { allow: 'GET, HEAD', 'content-type': 'text/plain; charset=utf-8' }).end(sentence)
}
