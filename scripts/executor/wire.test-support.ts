import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, createServer, type Socket } from 'node:net'

/** A wire to a server that can be cut: at once for all, or at the moment a client has said something. */
export async function wire(port: number) {
  const pairs = new Set<[Socket, Socket]>()
  let up = true
  let cut: { said: RegExp; heard: 'hears' | 'never hears' } | null = null
  const server = createServer((client) => {
    if (!up) return void client.destroy()
    const upstream = connect(port, '127.0.0.1')
    const pair: [Socket, Socket] = [client, upstream]
    pairs.add(pair)
    for (const end of pair) end.on('error', () => {}).on('close', () => pairs.delete(pair))
    client.on('data', (chunk) => {
      const cutting = cut?.said.test(chunk.toString('latin1')) ? cut : null
      if (cutting?.heard !== 'never hears') upstream.write(chunk)
      if (!cutting) return
      cut = null
      client.destroy()
      upstream.end()
    })
    client.on('end', () => upstream.end())
    upstream.on('data', (chunk) => client.write(chunk))
    upstream.on('end', () => client.end())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    /** Cuts the wire of whoever says this; the server still hears it, or doesn't. The client never hears the answer. */
    cut: (said: RegExp, heard: 'hears' | 'never hears') => {
      cut = { said, heard }
    },
    down: () => {
      up = false
      for (const pair of pairs) for (const end of pair) end.destroy()
    },
    up: () => {
      up = true
    },
    close: () => new Promise((done) => server.close(done)),
  }
}
