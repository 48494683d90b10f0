import type { RequestListener } from 'node:http'
import { nameCaller } from './caller'
import { drain } from './drain'
import { OF_NEXT } from './of-next.mjs'
import { makeReadable } from './readable'

/** Who answers what: the API for itself, everything else is Next's. */
export function listener(api: RequestListener, pages: RequestListener): RequestListener {
  return (request, response) => {
    drain(request, response)
    makeReadable(request)
    nameCaller(request)
    const answers = isOfApi(request.url ?? '/') ? api : pages
    answers(request, response)
  }
}

/** However the path is spelled (`//api`, `/x/../api`, `/%61pi`): what looks like the API's to anybody is told of by the API. */
function isOfApi(url: string): boolean {
  const [path = ''] = url.split('?', 1)
  const plain = decodeURIComponent(path).replace(/[/\\]{2,}/g, '/')
  const [, first, second] = new URL(`http://localhost${encodeURI(plain)}`).pathname.split('/')
  return first === 'api' && second !== undefined && !OF_NEXT.includes(second)
}
