import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromUtf8 } from './bytes'
import type { Files } from './folder.test-support'
import { softIssuer } from './issuer.test-support'
import { bobSignsIn, tell } from './story.test-support'
import { pack, sourceOf } from './world-bundle.test-support'

const issuer = softIssuer()
const folder = mkdtempSync(join(tmpdir(), 'sign-in-by-hand-'))
let files: Files
beforeAll(async () => {
  files = await pack(sourceOf(tell(bobSignsIn({ issuer }))))
})
afterAll(() => rmSync(folder, { recursive: true }))

const file = (name: string) => files.get(`data/approvals/apr_usr_bob/${name}`) ?? new Uint8Array(0)

/** What the bundle's own README has for such a folder. */
function commands(): string {
  const readme = fromUtf8(files.get('data/README.txt') ?? new Uint8Array(0))
  return /^ {3}unurl\(\)[\s\S]*?\n\n/m.exec(readme)?.[0].trimEnd() ?? ''
}

/** What any shell with openssl says, when the issuer's key is this one. */
function said(key: object): string[] {
  for (const name of ['id-token.jwt', 'statement.json']) writeFileSync(join(folder, name), file(name))
  const { n, e } = key as { n: string; e: string }
  const env = { ...process.env, N: n, E: e }
  const how = { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' } as const
  return execFileSync('sh', ['-c', commands()], how).trimEnd().split('\n')
}

describe('an approval by signing in again', () => {
  it('C07: is checked by openssl alone, as the bundle’s README says', () => {
    const { keys } = JSON.parse(fromUtf8(file('issuer-jwks.json')))
    const [header = '', claims = '', nonce = '', ...rest] = said(keys[0])
    expect(JSON.parse(header)).toMatchObject({ alg: 'RS256', kid: 'issuer-1' })
    expect(JSON.parse(claims)).toMatchObject({ sub: 'subject of usr_bob', nonce })
    expect(nonce).toHaveLength(43)
    expect(rest).toEqual(['Verified OK'])
  })

  it('C07: is not found good by openssl under another key', () => {
    expect(said(softIssuer().jwk).slice(3)).toEqual(['Verification failure'])
  })

  it('C07: is checked with the same commands in the description of the format', () => {
    const document = readFileSync(join(import.meta.dirname, '../../docs/record-format.md'), 'utf8')
    expect(document).toContain(`    ${commands().trim().replaceAll('\n   ', '\n    ')}\n`)
  })
})
