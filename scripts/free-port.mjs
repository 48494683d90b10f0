import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

const HOST = '127.0.0.1'
/** Below what any system gives to outgoing connections: one of these might take the port before its program listens, or while it restarts. */
const [FIRST, END] = [20_000, 32_000]
const TRIES = 50

/**
 * A TCP port of 127.0.0.1 that nobody listens on at this moment.
 * @returns {Promise<number>}
 */
export async function freePort() {
  for (let tries = 0; tries < TRIES; tries++) {
    const port = randomInt(FIRST, END)
    if (await isFree(port)) return port
  }
  throw new Error(`Of ${TRIES} ports between ${FIRST} and ${END}, none is free.`)
}

/**
 * @param {number} port
 * @returns {Promise<boolean>} whether one may listen there at this moment
 */
export function isFree(port) {
  return new Promise((done) => {
    const probe = createServer()
    probe.once('error', () => done(false))
    probe.listen({ host: HOST, port, exclusive: true }, () => probe.close(() => done(true)))
  })
}
