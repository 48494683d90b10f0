import { createHash } from 'node:crypto'
import type { WhyNot } from './sign-in'

const SENTENCES: Readonly<Record<WhyNot, readonly [string, string]>> = {
  unknown: [
    'You are not a member here.',
    'Ask an administrator of On Record to add you with the address that you sign in with.',
  ],
  unverified: ['Your address is not verified.', 'Verify it with your identity provider, then sign in again.'],
  removed: ['You are no longer a member here.', 'Ask an administrator of On Record to take you back.'],
  taken: [
    'This member signs in with another account.',
    'Use that account. If it is lost, an administrator of On Record can remove you and take you back: then come with the new one.',
  ],
  issuer: ['This account is from another identity provider.', 'Sign in with your organisation’s own.'],
  failed: [
    'The sign-in did not work.',
    'Start it again. If it stays so, tell an administrator of On Record.',
  ],
}

/** The house's paper and ink, for a page that must load nothing. */
const STYLE = `:root{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-items:center;background:light-dark(#f7f6f2,#16171a);color:light-dark(#1d1e22,#e8e6e0);font:1rem/1.5 system-ui,sans-serif}main{max-width:32rem;padding:2rem 1.25rem;border-top:3px double currentColor}h1{margin:0 0 .5rem;font-size:1.375rem;font-weight:600}p{margin:0 0 1rem}a{color:inherit;display:inline-block;padding:.5rem 0}`
const STYLE_HASH = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`

export function refusedPage(why: string | null): Response {
  const [sentence, remedy] = SENTENCES[Object.hasOwn(SENTENCES, why ?? '') ? (why as WhyNot) : 'failed']
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Not signed in · On Record</title><style>${STYLE}</style><main><h1>${sentence}</h1><p>${remedy}</p><p><a href="/api/auth/signin/oidc?fresh=1">Sign in with another account</a></p></main></html>`
  return new Response(html, {
    status: 403,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src ${STYLE_HASH}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
