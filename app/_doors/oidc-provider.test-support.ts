import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Login = {
  readonly accountId: string
  readonly acr?: string
  readonly amr?: string[]
  readonly ts?: number
}
type Provider = {
  callback(): RequestListener
  interactionFinished(
    request: IncomingMessage,
    response: ServerResponse,
    result: { login: Login },
  ): Promise<void>
  readonly Grant: new (of: {
    clientId: string
    accountId: string
  }) => { addOIDCScope(scope: string): void; save(): Promise<string> }
}
type GrantContext = {
  oidc: { client: { clientId: string }; session: { accountId: string }; provider: Provider }
}

export const CLIENT = { id: 'on-record', secret: 'a secret of the client, long enough' } as const

/** Answers a request for the provider's login page; `finish` logs somebody in and sends the browser back. */
export type LoginPage = (
  request: IncomingMessage,
  response: ServerResponse,
  finish: (login: Login) => Promise<void>,
) => Promise<void>

/** A real OpenID provider. Its login page logs in whoever `next.login` says, without asking, unless there is another `page`. */
export async function openProvider(redirectUri: string, page?: LoginPage) {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const claims = new Map<string, Record<string, unknown>>()
  const next: { login: Login } = { login: { accountId: 'nobody' } }
  const seen: URL[] = []
  const name: string = 'oidc-provider'
  const { default: Provider } = (await import(name)) as {
    default: new (issuer: string, options: object) => Provider
  }
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], acr: null, amr: null },
    acrValues: ['urn:example:mfa'],
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    cookies: { keys: ['a key of this test'] },
    findAccount: (_: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, ...claims.get(id) }),
    }),
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    loadExistingGrant: async ({ oidc }: GrantContext) => {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client.clientId,
        accountId: oidc.session.accountId,
      })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  })
  const callback = provider.callback()
  server.on('request', (request, response) => {
    seen.push(new URL(request.url ?? '/', issuer))
    if (!request.url?.startsWith('/interaction/')) return callback(request, response)
    const finish = (login: Login) => provider.interactionFinished(request, response, { login })
    void (page ? page(request, response, finish) : finish(next.login))
  })
  return { issuer, claims, next, seen, close: () => server.close() }
}
