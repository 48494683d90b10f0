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
    'Use that account, or ask an administrator of On Record.',
  ],
  issuer: ['This account is from another identity provider.', 'Sign in with your organisation’s own.'],
  failed: [
    'The sign-in did not work.',
    'Start it again. If it stays so, tell an administrator of On Record.',
  ],
}

export function refusedPage(why: string | null): Response {
  const [sentence, remedy] = SENTENCES[Object.hasOwn(SENTENCES, why ?? '') ? (why as WhyNot) : 'failed']
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Not signed in · On Record</title><h1>${sentence}</h1><p>${remedy}</p><p><a href="/sign-in">Sign in again</a></p></html>`
  return new Response(html, {
    status: 403,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
