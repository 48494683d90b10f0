import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * What is still on its way when all is said is taken in and thrown away: a browser reads no answer before it has sent everything, and
 * the connection's next request would wait behind it. Node does so by itself only where nobody has begun to read. Whoever sends for
 * more than five minutes is cut off (`server.requestTimeout`).
 */
export function drain(request: IncomingMessage, response: ServerResponse): void {
  response.once('finish', () => {
    if (request.complete) return
    request.removeAllListeners('data').removeAllListeners('readable')
    request.resume()
  })
}
