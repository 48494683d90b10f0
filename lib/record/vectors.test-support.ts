import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

// Where tests find the vectors that docs/vectors/README.md describes.
const ROOT = join(import.meta.dirname, '../../docs/vectors')

export const SAMPLE_BAG = join(ROOT, 'sample-bag')

export function vectorBytes(path: string): Uint8Array {
  return new Uint8Array(readFileSync(join(ROOT, path)))
}

export function vectorText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

export function vectorNames(path: string): string[] {
  return readdirSync(join(ROOT, path)).sort()
}

type Vectors = {
  jcs: { in: string; canonical: string; hex: string; sha256: string }[]
  jcs_must_reject: string[]
  merkle: { leaves_hex: string[]; roots_by_size: string[] }
  log: {
    entries_utf8: string[]
    seed_hex: string
    vkey: string
    checkpoints: Record<string, string>
    inclusion_index2_size15: string[]
    consistency_3_15: string[]
    tlog_proof_index2: string
  }
  cosignature: { seed_hex: string; vkey: string; time: number; signed_message: string; line: string }
  add_checkpoint: { body_from_0: string; body_3_15: string }
  tiles: Record<
    'path_level0_n1234067' | 'entries_273_partial_112' | 'tile_0_000_p_15_hex' | 'entry_bundle_000_p_3_hex',
    string
  >
  approval: Record<
    | 'rp_id'
    | 'origin'
    | 'cose_b64u'
    | 'statement'
    | 'challenge_b64u'
    | 'clientDataJSON'
    | 'authenticatorData_hex'
    | 'signature_hex'
    | 'assertion_sha256'
    | 'credential_pem',
    string
  >
  warrant: {
    jwt: string
    jwks: { keys: { kty: string; crv: string; x: string; alg: string; use: string; kid: string }[] }
    valid_at: number
    expired_at: number
  }
  thumbprint: { jwk: { kty: string; crv: string; x: string }; sha256_b64u: string }
}

export const vectors: Vectors = JSON.parse(vectorText('vectors.json'))

type SignInVectors = Record<'statement' | 'nonce' | 'id_token' | 'issuer_jwks' | 'at', string> & {
  /** The approval's place in the log. */
  index: number
  data: Record<'approver' | 'statement_sha256' | 'assertion_sha256', string> & {
    sign_in: Record<'issuer' | 'subject' | 'client_id' | 'issuer_jwks', string>
  }
  cases: {
    what: string
    registry: { index: number; type: string; data: Record<string, string> }[]
    failures: string[]
  }[]
}

export const signInVectors: SignInVectors = JSON.parse(vectorText('sign-ins.json'))

type CorrectionVectors = { cases: { what: string; lines: string[]; failures: string[] }[] }

export const correctionVectors: CorrectionVectors = JSON.parse(vectorText('corrections.json'))
