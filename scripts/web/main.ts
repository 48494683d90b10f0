import { createServer } from 'node:http'
import { routes } from 'on-record:routes'
import compression from 'compression'
import next from 'next'
import { answerThrown } from '../../app/_doors/answer'
import { closeDoors } from '../../app/_doors/deps'
import { settled } from '../../app/_doors/later'
import { log } from '../../app/_doors/log'
import { settings } from '../../app/_doors/settings'
import { stopping } from '../../app/_doors/stopping'
import { api } from './api'
import { listener } from './listener'
import { serve } from './serve'
import { closed } from './stop'

/** Longer than what proxies keep a connection for that nobody uses (nginx 60 s): whoever ends it must not be us while they send. */
const IDLE_MS = 75_000

const { origin, home } = settings()
const { protocol, host } = new URL(origin)
const hostname = process.env.HOSTNAME || '127.0.0.1'
const port = Number(process.env.PORT)

const pages = next({ dir: home, dev: false, hostname, port })
await pages.prepare()
const answersPages = pages.getRequestHandler()
const answersApi = serve({ origin: `${protocol}//${host}`, answers: api(routes), unforeseen })
const compresses = compression()

const server = createServer(
  listener(
    (request, response) => compresses(request, response, () => answersApi(request, response)),
    (request, response) => void answersPages(request, response),
  ),
)
server.keepAliveTimeout = IDLE_MS
server.on('error', (error) => {
  log.fatal({ reason: error.message }, 'the web server ended')
  process.exit(1)
})
server.listen(port, hostname)

stopping().addEventListener('abort', () => void stop())

async function stop(): Promise<void> {
  await closed(server)
  await Promise.allSettled([pages.close(), settled()])
  await closeDoors()
  log.flush(() => process.exit())
}

/** Doors answer for themselves: this is what went wrong before or behind one. */
function unforeseen(thrown: unknown): Response {
  return answerThrown(thrown, 'rq_unforeseen')
}
