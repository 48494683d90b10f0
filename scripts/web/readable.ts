import type { IncomingMessage } from 'node:http'

/**
 * What no page can take is made into what each of them refuses: Next fails at an address that is no UTF-8, and at TRACE, before
 * anything of ours is asked, and tells a stranger that something is wrong with us.
 */
export function makeReadable(request: IncomingMessage): void {
  request.url = readable(request.url ?? '/')
  if (request.method === 'TRACE') request.method = UNKNOWN
}

/** A method that there is, and that nothing here knows: RFC 9110 9.3.8 asks nobody to answer TRACE. */
const UNKNOWN = 'UNLINK'

/**
 * An address whose escapes mean nothing (`/cases/%ff`) is taken at its letters, and nothing has such a name. Of one in absolute form
 * (RFC 9112 3.2.2) only the path counts: Next would send people on to the host in it. The server as a whole (`*`, 3.2.4) is no page.
 */
export function readable(target: string): string {
  const url = target.startsWith('/') ? target : pathOf(target)
  const [path = ''] = url.split('?', 1)
  try {
    decodeURIComponent(path)
    return url
  } catch {
    return path.replaceAll('%', '%25') + url.slice(path.length)
  }
}

function pathOf(target: string): string {
  if (!URL.canParse(target)) return '/*'
  const { pathname, search } = new URL(target)
  return pathname.startsWith('/') ? pathname + search : '/*'
}
