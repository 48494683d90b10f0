import { createServer } from 'node:net'

/** @throws Error with a sentence when somebody listens there already */
export function ensureFree(port: number, host: string): Promise<void> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => {
      fail(
        new Error(
          error.code === 'EADDRINUSE'
            ? `Port ${port} is taken by another program. Stop that, or set PORT to another number.`
            : error.code === 'EACCES'
              ? `Port ${port} needs more rights than this account has. Set PORT to a number above 1023.`
              : error.message,
        ),
      )
    })
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => done()))
  })
}
