import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { importJWK, type JWK, jwtVerify } from 'jose'
import { freshP256 } from '../../db/keys/fresh'
import type { Action, Plan } from '../../lib/action/event'
import { checkProof } from '../../lib/action/proof'
import { issueWarrant, publicJwks, thumbprint, type WarrantKey } from '../../lib/action/warrant'
import { seal } from '../../lib/connect/seal'
import { openWarrant } from '../../lib/record/warrant'
import type { Receipt } from './journal'

type Phase =
  | 'planning'
  | 'planned'
  | 'plan-failed'
  | 'started'
  | 'warranted'
  | 'running'
  | 'executed'
  | 'failed'
  | 'unknown'
type Observed = { outcome: string; summary: string; result: Record<string, unknown> }

export type Ask = {
  readonly action: Action
  readonly request: string
  phase: Phase
  sealed: boolean
  probing: boolean
  jti: string | null
  warrants: number
  redeemed: string[]
  receipts: Receipt[]
  plan: Plan | null
  planFailure: string | null
  probe: Observed | null
}

export type Door = 'token' | 'work' | 'warrant' | 'redeem' | 'plan' | 'receipt' | 'probe' | 'secrets'
/** Told at the moment that a request arrives and after it was carried out, before its answer; `drop` hangs up instead of going on. */
export type Hook = (door: Door, when: 'before' | 'after') => 'drop' | 'go on'

/** All that an executor may send, whichever door it knocks at. */
type Said = Partial<Receipt & { warrant: string; plan: Plan; reason: string }>

export type FakeApp = Awaited<ReturnType<typeof fakeApp>>

function newKey(kid: string): WarrantKey {
  return { ...(freshP256() as JWK), kid }
}

/** The doors that an executor sees, as the API describes them: keys enrolled, assertions and proofs checked, warrants single use. */
export async function fakeApp(nhi: string) {
  const warrantKey = newKey('warrant-1')
  const executorKey = newKey('executor-sig')
  const encKey = newKey('executor-enc')
  const asks = new Map<string, Ask>()
  const leaked = new Map<string, string[]>()
  const streams = new Set<ServerResponse>()
  const usedAssertions = new Set<string>()
  const usedProofs = new Set<string>()
  const log: string[] = []
  let hook: Hook = () => 'go on'
  let sealing = true
  let origin = ''

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      log.push(`500 ${error}`)
      response.writeHead(500).end('{}')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', origin).pathname
    const body = await text(request)
    log.push(`${request.method} ${path} ${body}`)
    if (path === '/.well-known/jwks.json') return reply(response, 200, publicJwks([warrantKey]))
    const door = path
      .split('/')
      [path.startsWith('/api/v1/executor/') ? 4 : 3]?.replace('plan-failure', 'plan') as Door
    if (door !== ('stream' as Door) && hook(door, 'before') === 'drop') return void request.destroy()
    const [status, said] =
      path === '/api/v1/token' ? await token(body) : await inside(request, response, path, body)
    if (status === 0) return
    if (hook(door, 'after') === 'drop') return void request.destroy()
    reply(response, status, said)
  }

  async function token(body: string): Promise<[number, unknown]> {
    const form = new URLSearchParams(body)
    const { payload } = await jwtVerify(
      form.get('client_assertion') ?? '',
      await importJWK(publicHalf(executorKey), 'ES256'),
      {
        issuer: nhi,
        subject: nhi,
        audience: `${origin}/api/v1/token`,
        maxTokenAge: 120,
        algorithms: ['ES256'],
      },
    )
    if (usedAssertions.has(payload.jti ?? '')) return [401, { code: 'forbidden' }]
    usedAssertions.add(payload.jti ?? '')
    return [200, { access_token: `token-${usedAssertions.size}`, expires_in: 300, token_type: 'DPoP' }]
  }

  async function inside(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    body: string,
  ): Promise<[number, unknown]> {
    const accessToken = /^Bearer (token-\d+)$/.exec(request.headers.authorization ?? '')?.[1]
    if (!accessToken) return [401, { code: 'forbidden' }]
    const proof = await checkProof(String(request.headers.dpop), {
      method: request.method ?? '',
      url: `${origin}${path}`,
      accessToken,
      now: Date.now(),
      jkt: thumbprint(executorKey),
    })
    if (!proof.ok || usedProofs.has(proof.jti)) return [401, { code: 'forbidden' }]
    usedProofs.add(proof.jti)
    if (path === '/api/v1/stream') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': hello\n\n')
      streams.add(response)
      return [0, null]
    }
    if (path.startsWith('/api/v1/executor/secrets/'))
      return [200, { sealed: await sealedFor(path.split('/').at(-1) ?? '') }]
    return executorDoor(path.split('/').at(-1) ?? '', body === '' ? {} : JSON.parse(body))
  }

  async function sealedFor(caseId: string) {
    return Promise.all(
      (leaked.get(caseId) ?? []).map(async (secret) => ({
        sha256: '',
        fingerprint: '',
        jwe: await seal(secret, publicHalf(encKey)),
      })),
    )
  }

  async function executorDoor(name: string, said: Said): Promise<[number, unknown]> {
    if (name === 'work') return [200, { work: [...asks.values()].flatMap(workOf) }]
    const ask =
      name === 'redeem'
        ? [...asks.values()].find(({ jti }) => jti !== null && jti === jtiOf(said.warrant ?? ''))
        : asks.get(said.request ?? '')
    if (!ask)
      return [409, { code: 'stale', sentence: 'This warrant has been redeemed, revoked or replaced.' }]
    switch (name) {
      case 'warrant': {
        if (ask.phase !== 'started' && ask.phase !== 'warranted')
          return [409, { code: 'stale', sentence: `It is ${ask.phase}.` }]
        if (!ask.sealed) return [409, { code: 'not_sealed', sentence: 'Not yet.' }]
        ask.warrants += 1
        ask.jti = `wrt_${crypto.randomUUID().replaceAll('-', '')}`
        ask.phase = 'warranted'
        const approvals = [{ id: 'apr_1', sub: 'usr_chiara' }]
        const input = {
          issuer: origin,
          jti: ask.jti,
          now: Date.now(),
          request: ask.request,
          action: ask.action,
          accountable: 'usr_ada',
          executorKey,
          approvals,
        }
        return [200, { warrant: await issueWarrant(input, warrantKey) }]
      }
      case 'redeem':
        if (ask.phase !== 'warranted' || ask.jti === null)
          return [409, { code: 'stale', sentence: 'Redeemed already.' }]
        ask.phase = 'running'
        ask.redeemed.push(ask.jti)
        return [200, { case: ask.action.case, request: ask.request, jti: ask.jti, action: ask.action }]
      case 'receipt': {
        const known = ask.receipts.find((each) => each.jti === said.jti && each.outcome === said.outcome)
        if (known) return [200, {}]
        const awaited = ask.phase === 'running' || (ask.phase === 'unknown' && said.outcome !== 'unknown')
        if (!awaited || said.jti !== ask.jti) return [409, { code: 'stale', sentence: 'Not awaited.' }]
        const receipt = said as Receipt
        ask.receipts.push(receipt)
        ask.phase = receipt.outcome === 'succeeded' ? 'executed' : receipt.outcome
        return [200, {}]
      }
      case 'plan':
        Object.assign(ask, { plan: said.plan, phase: 'planned' })
        return [200, {}]
      case 'plan-failure':
        Object.assign(ask, { planFailure: said.reason, phase: 'plan-failed' })
        return [200, {}]
      case 'probe':
        Object.assign(ask, { probe: said, probing: false })
        return [200, {}]
      default:
        return [404, { code: 'not_found', sentence: name }]
    }
  }

  function jtiOf(jwt: string): string | null {
    const verdict = openWarrant(jwt, publicJwks([warrantKey]))
    return 'warrant' in verdict ? verdict.warrant.claims.jti : null
  }

  function tell(event: 'action' | 'sealed'): void {
    for (const stream of streams) stream.write(`event: ${event}\ndata: {}\n\n`)
  }

  return {
    get origin() {
      return origin
    },
    executorKey: executorKey as JWK,
    encKey: encKey as JWK,
    leaked,
    log,
    intercept: (next: Hook) => {
      hook = next
    },
    /** False: approvals stay out of the log until `seal`. */
    holdSealing: () => {
      sealing = false
    },
    seal(ask: Ask) {
      sealing = true
      ask.sealed = true
      tell('sealed')
    },
    propose(action: Action): Ask {
      const request = `req_${asks.size + 1}`
      const ask: Ask = {
        action,
        request,
        phase: 'planning',
        sealed: true,
        probing: false,
        jti: null,
        warrants: 0,
        redeemed: [],
        receipts: [],
        plan: null,
        planFailure: null,
        probe: null,
      }
      asks.set(request, ask)
      tell('action')
      return ask
    },
    start(ask: Ask) {
      ask.sealed = sealing
      ask.phase = 'started'
      tell('action')
    },
    askForProbe(ask: Ask) {
      ask.probe = null
      ask.probing = true
      tell('action')
    },
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

function workOf(ask: Ask): object[] {
  const named = { case: ask.action.case, request: ask.request, action: ask.action }
  return [
    ...(ask.phase === 'planning' ? [{ kind: 'plan', revision: 1, ...named }] : []),
    ...(ask.phase === 'started' || ask.phase === 'warranted' ? [{ kind: 'execute', ...named }] : []),
    ...(ask.probing ? [{ kind: 'probe', ...named }] : []),
  ]
}

function publicHalf({ kty, crv, x, y, kid }: JWK): JWK {
  return { kty, crv, x, y, kid } as JWK
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
