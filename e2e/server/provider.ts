import { text } from 'node:stream/consumers'
import { type LoginPage, openProvider } from '@/app/_doors/oidc-provider.test-support'

export const PASSWORD = 'correct horse battery staple'

export type Provider = Awaited<ReturnType<typeof openSignOn>>

/** The company's single sign-on: an OpenID provider with a login page of its own, which knows everybody in `accounts`. */
export async function openSignOn(redirectUri: string, accounts: readonly string[]) {
  /** How long ago the people who log in now are taken to have done so: a session of this morning, in an instant. */
  const clock = { hoursAgo: 0 }
  const page: LoginPage = async (request, response, finish) => {
    const form = new URLSearchParams(request.method === 'POST' ? await text(request) : '')
    const email = form.get('email') ?? ''
    if (accounts.includes(email) && form.get('password') === PASSWORD) {
      const ts = Math.floor(Date.now() / 1000) - clock.hoursAgo * 3_600
      return finish({ accountId: email, acr: 'urn:example:mfa', amr: ['pwd', 'otp'], ts })
    }
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(LOGIN)
  }
  const provider = await openProvider(redirectUri, page)
  for (const email of accounts) provider.claims.set(email, { email, email_verified: true })
  return { ...provider, clock }
}

const LOGIN = `<!doctype html><html lang="en"><title>Halden single sign-on</title><h1>Halden single sign-on</h1>
<form method="post"><label>Address <input name="email" type="email"></label>
<label>Password <input name="password" type="password"></label><button>Log in</button></form></html>`
