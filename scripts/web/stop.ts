import type { Server } from 'node:http'

const SWEEP_MS = 50

/** Takes no new connection, and ends each one that there is once its request is answered. */
export function closed(server: Server): Promise<void> {
  return new Promise((done) => {
    // Node ends those that are idle now, and leaves those that become so to the time that they may be idle.
    const sweeping = setInterval(() => server.closeIdleConnections(), SWEEP_MS)
    server.close(() => {
      clearInterval(sweeping)
      done()
    })
  })
}
