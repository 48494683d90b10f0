import { createServer } from 'node:http'
import { type Checkpoint, parseCheckpoint } from '@/lib/record/checkpoint'
import { EMPTY_EDGE, extend } from '@/lib/record/extend'
import { type Note, parseNote } from '@/lib/record/note'
import { decodeEntries, type Tile, tilePath, tileWidth } from '@/lib/record/tile'
import type { Door } from './door'

/** What somebody finds who knows nothing of a log but its address. */
export type Read = {
  readonly note: Note
  readonly checkpoint: Checkpoint
  readonly entries: readonly Uint8Array[]
  /** Computed from the entries alone. */
  readonly root: Uint8Array
  /** Of hashes, computed from the entries alone: what the log has to serve under the same paths. */
  readonly tiles: readonly Tile[]
}

/** Reads a whole log over HTTP. @throws Error when an answer is not 200 */
export async function readLog(prefix: string): Promise<Read> {
  const note = parseNote(await bytesOf(`${prefix}/checkpoint`))
  const checkpoint = parseCheckpoint(note.text)
  const entries: Uint8Array[] = []
  for (let index = 0; entries.length < checkpoint.size; index++) {
    const width = tileWidth('entries', index, checkpoint.size)
    entries.push(...decodeEntries(await bytesOf(`${prefix}/${tilePath({ level: 'entries', index, width })}`)))
  }
  const { root, changed } = extend(EMPTY_EDGE, entries)
  return { note, checkpoint, entries, root, tiles: changed.filter(({ level }) => level !== 'entries') }
}

export async function bytesOf(address: string): Promise<Uint8Array> {
  const answer = await fetch(address)
  if (answer.status !== 200) throw new Error(`${address}: ${answer.status}`)
  return new Uint8Array(await answer.arrayBuffer())
}

/** The public log's routes on a port of this machine, without the rest of the app. */
export async function serveLog(checkpoint: Door, tile: Door): Promise<{ url: string; close: () => void }> {
  const server = createServer(async (incoming, outgoing) => {
    const url = new URL(incoming.url ?? '', 'http://localhost:3210')
    const [, , , org, kind, ...path] = url.pathname.split('/')
    const params = { org, ...(kind === 'tile' ? { tile: path } : {}) }
    const request = new Request(url, { headers: incoming.headers as Record<string, string> })
    const answer = await (kind === 'tile' ? tile : checkpoint)(request, { params: Promise.resolve(params) })
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers))
    outgoing.end(new Uint8Array(await answer.arrayBuffer()))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { url: `http://127.0.0.1:${port}/api/log`, close: () => void server.close() }
}
