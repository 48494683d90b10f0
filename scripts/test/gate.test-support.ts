import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'

/** A piece of what a client says, and its meaning where it has one. */
type Piece = { readonly bytes: Buffer; readonly says: string | null }
/** One connection's language: `hear` what the client says in pieces, `isAnswer` whether the other side has said all that it had to. */
export type Tongue = {
  readonly hear: (chunk: Buffer) => Piece[]
  readonly isAnswer: (chunk: Buffer) => boolean
}
/** Not sent on yet, or done by the other side, which is not heard. */
export type Moment = 'before' | 'after'
type Hold = { readonly says: string; readonly moment: Moment; readonly held: () => void }

/**
 * A wire to a server on which one can stop a client at an exact point of what it says: the server hasn't heard it, or has done it and
 * the client hasn't been told. What is held stays so until the client is gone.
 */
export async function gate(port: number, tongue: () => Tongue) {
  const said: string[] = []
  let hold: Hold | null = null
  const connected: (() => void)[] = []

  const server = createServer((client) => {
    for (const done of connected.splice(0)) done()
    const upstream = connect(port, '127.0.0.1')
    client.setNoDelay(true)
    upstream.setNoDelay(true)
    const { hear, isAnswer } = tongue()
    let stopped = false
    let awaited: Hold | null = null
    client.on('error', () => undefined).on('close', () => upstream.destroy())
    upstream.on('error', () => undefined).on('close', () => client.end())
    client.on('data', (chunk) => {
      for (const { bytes, says } of hear(chunk)) {
        if (stopped) return
        if (says !== null) said.push(says)
        const found = hold !== null && says === hold.says ? hold : null
        if (found) hold = null
        if (found?.moment === 'before') {
          stopped = true
          found.held()
          return
        }
        awaited = found ?? awaited
        upstream.write(bytes)
      }
    })
    upstream.on('data', (chunk) => {
      if (!awaited) return void client.write(chunk)
      if (isAnswer(chunk)) awaited.held()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    /** Everything that was said, in order. */
    said: said as readonly string[],
    /** Stops the next who says this; resolves once it stands still there. */
    hold: (says: string, moment: Moment) =>
      new Promise<void>((held) => {
        hold = { says, moment, held }
      }),
    /** Nobody is stopped any more. */
    release: () => {
      hold = null
    },
    /** The next connection, from when it is there. */
    connected: () => new Promise<void>((done) => connected.push(done)),
    close: () => server.close(),
  }
}

/** PostgreSQL's messages (protocol 3.0): what is about to run, with what comes before it in its transaction. */
export function statements(): Tongue {
  const prepared = new Map<string, string>()
  let rest = Buffer.alloc(0)
  let isStarted = false
  let earlier: string | null = null
  const sayIn = (sql: string) => {
    const says = earlier === null ? sql : `${earlier} >> ${sql}`
    if (sql.startsWith('begin')) earlier = sql
    else if (sql === 'commit' || sql === 'rollback') earlier = null
    else if (earlier !== null) earlier = sql
    return says
  }
  const meaning = (type: string, body: Buffer): string | null => {
    const [first = '', second = ''] = body.toString('utf8').split('\0')
    if (type === 'P') prepared.set(first, short(second))
    if (type === 'Q') return sayIn(short(first))
    return type === 'B' ? sayIn(prepared.get(second) ?? '') : null
  }
  return {
    hear(chunk) {
      rest = Buffer.concat([rest, chunk])
      const pieces: Piece[] = []
      for (;;) {
        const head = isStarted ? 1 : 0 // the first message has no type
        const length = rest.length >= head + 4 ? head + rest.readUInt32BE(head) : Number.POSITIVE_INFINITY
        if (rest.length < length) return pieces
        const bytes = rest.subarray(0, length)
        rest = rest.subarray(length)
        const says = isStarted ? meaning(String.fromCharCode(bytes[0] ?? 0), bytes.subarray(5)) : null
        isStarted = true
        pieces.push({ bytes, says })
      }
    },
    // ReadyForQuery ends every answer: 'Z', its length, and whether a transaction is open.
    isAnswer: (chunk) => chunk.length >= 6 && chunk.subarray(-6, -1).equals(Buffer.from([0x5a, 0, 0, 0, 5])),
  }
}

/** HTTP, one request a chunk: its first line. The server is addressed as itself, since it may answer to nobody else. */
export function requests(port: number): () => Tongue {
  const hear: Tongue['hear'] = (chunk) => {
    const text = chunk.toString('latin1')
    const says = /^POST \S+/.exec(text)?.[0] ?? null
    return [{ says, bytes: says ? Buffer.from(text.replace(HOST, `$1${port}`), 'latin1') : chunk }]
  }
  return () => ({ hear, isAnswer: () => true })
}

const HOST = /^(host: 127\.0\.0\.1:)\d+/im

function short(sql: string): string {
  return sql.replace(/\s+/g, ' ').trim().slice(0, 150)
}

export type Gate = Awaited<ReturnType<typeof gate>>
