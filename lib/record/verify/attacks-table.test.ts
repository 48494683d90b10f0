import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { WarrantRefusal } from '../warrant'
import type { AssertionRefusal } from '../webauthn'
import { FINDINGS } from './codes'

const DOCUMENT = join(import.meta.dirname, '../../../docs/attacks.md')

type Row = { readonly what: string; readonly codes: string[]; readonly file: string; readonly title: string }

const rows: Row[] = readFileSync(DOCUMENT, 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, what, codes, path, title] =
      /^\| (.+?) \| ((?:`[a-z_.]+` ?)+) \| \[[^\]]+\]\(([^)]+)\): (.+) \|$/.exec(line) ?? []
    if (!what || !codes || !path || !title) return []
    return [{ what, codes: codes.match(/[a-z_.]+/g) ?? [], file: join(dirname(DOCUMENT), path), title }]
  })

// The compiler asks for every refusal there is.
const ASSERTIONS = {
  malformed_client_data: true,
  wrong_type: true,
  wrong_challenge: true,
  wrong_origin: true,
  cross_origin: true,
  malformed_authenticator_data: true,
  wrong_rp_id: true,
  user_not_present: true,
  user_not_verified: true,
  backup_state_impossible: true,
  bad_signature: true,
} satisfies Record<AssertionRefusal, true>

/** A verifier of records opens a warrant; what follows is for who is about to act on one (section 6). */
const WARRANTS = {
  too_large: true,
  malformed: true,
  wrong_type: true,
  wrong_algorithm: true,
  forbidden_header: true,
  unknown_key: true,
  bad_signature: true,
  malformed_claims: true,
  wrong_issuer: false,
  wrong_audience: false,
  not_yet_valid: false,
  expired: false,
  lifetime_too_long: false,
  already_seen: false,
  not_redeemed: false,
  wrong_actor: false,
  wrong_confirmation: false,
  wrong_action: false,
  revoked: false,
} satisfies Record<WarrantRefusal, boolean>

const refused = (kind: string, codes: Record<string, boolean>) =>
  Object.entries(codes).flatMap(([code, isReachable]) => (isReachable ? [`${kind}.${code}`] : []))

/** Whatever keeps a bundle from being called verified. */
const reachable = [
  ...Object.entries(FINDINGS).flatMap(([code, [, level]]) => (level === 'note' ? [] : [code])),
  ...refused('approval', ASSERTIONS),
  ...refused('warrant', WARRANTS),
]

describe('the table of attacks', () => {
  it('has every line of the document’s tables', () => {
    const lines = readFileSync(DOCUMENT, 'utf8')
      .split('\n')
      .filter((line) => /^\| (?!what is done)/.test(line))
    expect(rows).toHaveLength(lines.length)
  })

  it('C31: has a row for every code under which something is refused or not shown', () => {
    const shown = new Set(rows.flatMap(({ codes }) => codes))
    expect(
      reachable.filter((code) => !shown.has(code)),
      'codes without a row in docs/attacks.md',
    ).toEqual([])
  })

  it('names codes that there are', () => {
    const known = new Set([...Object.keys(FINDINGS), ...reachable])
    expect(rows.flatMap(({ codes }) => codes).filter((code) => !known.has(code))).toEqual([])
  })

  it.each(rows)('$what: the test that it names is there', ({ file, title }) => {
    const source = readFileSync(file, 'utf8').replaceAll("\\'", "'")
    expect(source, `${title} in ${file}`).toContain(title)
  })
})
