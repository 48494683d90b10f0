import { Agent, request } from 'node:http'
import { measureFloor } from './floor'
import { type Asking, asking, type Operation } from './operation'
import { type Sample, sampled } from './sample'

/** A process of its own sends the requests, so that its work isn't the server's. */
export type Order = Load | Floor
export type Load = {
  readonly kind: 'load'
  readonly url: string
  readonly operation: Operation
  readonly clients: number
  readonly warmUpMs: number
  readonly ms: number
  /** A session for each client, of a person of its own. */
  readonly cookies: readonly string[]
  readonly cases: readonly string[]
}
export type Floor = {
  readonly kind: 'floor'
  readonly database: string
  readonly clients: number
  readonly warmUpMs: number
  readonly ms: number
}
/** `begun`: the warm-up is over, what is counted begins. */
export type Told = { readonly begun: true } | { readonly sample: Sample } | { readonly failed: string }

process.on('message', (order: Order) => {
  const begun = () => tell({ begun: true })
  sampleOf(order, begun).then(
    (sample) => tell({ sample }),
    (error: unknown) => tell({ failed: error instanceof Error ? error.message : String(error) }),
  )
})

function sampleOf(order: Order, begun: () => void): Promise<Sample> {
  switch (order.kind) {
    case 'floor':
      return measureFloor(order, begun)
    case 'load':
      return load(order, begun)
  }
}

function tell(told: Told): void {
  process.send?.(told)
}

async function load(
  { url, operation, clients, cookies, cases, ...times }: Load,
  begun: () => void,
): Promise<Sample> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const share = Math.floor(cases.length / clients)
  try {
    return await sampled({ clients, ...times }, begun, (client, count) => {
      const own = cases.slice(client * share, (client + 1) * share)
      return send(
        agent,
        url,
        cookies[client % cookies.length] ?? '',
        asking(operation, { cases: own, count }),
      )
    })
  } finally {
    agent.destroy()
  }
}

/** Rejects when the answer is none of success: what is refused isn't the work that is measured. */
function send(
  agent: Agent,
  url: string,
  cookie: string,
  { method, path, type, body, refused }: Asking,
): Promise<void> {
  const headers: Record<string, string | number> = { cookie }
  if (method === 'POST') headers.origin = url
  if (type) headers['content-type'] = type
  if (body) headers['content-length'] = Buffer.byteLength(body)
  return new Promise((done, fail) => {
    const sent = request(`${url}${path}`, { agent, method, headers }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.once('error', fail)
      response.once('end', () => {
        if (isExpected(response.statusCode ?? 0, refused)) done()
        else
          fail(
            new Error(
              `${method} ${path}: ${response.statusCode} ${Buffer.concat(parts).toString().slice(0, 300)}`,
            ),
          )
      })
    })
    sent.once('error', fail)
    sent.end(body)
  })
}

function isExpected(status: number, refused?: number): boolean {
  return refused === undefined ? status >= 200 && status < 300 : status === refused
}
