import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { freePort } from '../free-port.mjs'

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

/** The port that the file remembers, if nobody listens there; else a free one, remembered from now on. */
export async function freePortLike(file: string): Promise<number> {
  const remembered = Number(await readFile(file, 'utf8').catch(() => ''))
  const usable = remembered > 0 && (await ensureFree(remembered, '127.0.0.1').then(yes, no))
  const port = usable ? remembered : await freePort()
  await writeFile(file, String(port))
  return port
}

const yes = () => true
const no = () => false
