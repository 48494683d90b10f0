import { type NextRequest, NextResponse } from 'next/server'

/** What every page is served with. The nonce is new for each answer, so that no script but ours runs (C68). */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID())
  const policy = contentPolicy(nonce, process.env.NODE_ENV === 'development')
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  for (const [name, value] of Object.entries(SECURITY)) response.headers.set(name, value)
  if (request.nextUrl.protocol === 'https:' || request.headers.get('x-forwarded-proto') === 'https') {
    response.headers.set('strict-transport-security', 'max-age=63072000; includeSubDomains')
  }
  return response
}

const SECURITY = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=(), publickey-credentials-get=(self), publickey-credentials-create=(self)',
} as const

/**
 * Nothing inline, nothing of others', and no string ever becomes markup or code: `own-scripts.js` says which addresses scripts may
 * come from. On every page alike, since the page on which somebody approves is reached from any other without a new document.
 */
export function contentPolicy(nonce: string, development: boolean): string {
  const rules = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    // The development server puts styles into the page.
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    ...(development ? [] : ["require-trusted-types-for 'script'", 'trusted-types nextjs default']),
  ]
  return rules.join('; ')
}

/** Pages only: the API answers data, and files are the same for everybody. */
export const config = {
  matcher: [
    '/((?!api/|_next/static|_next/image|\\.well-known/|icon\\.svg|theme\\.js|own-scripts\\.js|verify\\.mjs|verify(?:\\.html)?$).*)',
  ],
}
