import type { RequestListener } from 'node:http'
import { nameCaller } from './caller'
import { makeReadable } from './readable'

/** Who answers what: the API for itself, everything else is Next's. */
export function listener(api: RequestListener, pages: RequestListener): RequestListener {
  return (request, response) => {
    makeReadable(request)
    nameCaller(request)
    const answers = isOfApi(request.url ?? '/') ? api : pages
    answers(request, response)
  }
}

/** However the path is spelled: what looks like the API's to anybody is told of by the API. */
function isOfApi(url: string): boolean {
  const [path = ''] = url.split('?', 1)
  const plain = decodeURIComponent(path)
    .replaceAll('\\', '/')
    .replace(/\/{2,}/g, '/')
  return plain.startsWith('/api/') && !/^\/api\/(auth|health)(\/|$)/.test(plain)
}
