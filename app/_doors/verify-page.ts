import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const OTHERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-cache',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

/**
 * The verifier's page, the very file that can be saved: for anybody, signed in or not. It brings its own content security
 * policy, stricter than any other page's, so that it still has it away from here; here it is sent as a header as well.
 */
export async function verifyPage(): Promise<Response> {
  const home = process.env.ON_RECORD_HOME || process.cwd()
  const page = await readFile(join(home, 'public', 'verify.html'), 'utf8')
  const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page) ?? []
  if (policy === undefined) throw new Error('public/verify.html has no content security policy.')
  const headers = { ...OTHERS, 'content-security-policy': `${policy}; frame-ancestors 'none'` }
  return new Response(page, { headers })
}
