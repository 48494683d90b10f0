import { perform } from '@/lib/act/perform'
import { isRefusal, type Refusal } from '@/lib/act/refusal'
import type { Secret } from '@/lib/chat/mask'
import { seal } from '@/lib/connect/seal'
import type { Actor } from '@/lib/identity/actor'
import { jcs } from '@/lib/record/canonical'
import { isKept } from '../content/store'
import type { DraftContent, Sealed } from '../drafts'
import { enrolledKeys, executorsFor, nhisOfCredentials } from '../machines'
import type { Promoting } from './promoting'

const SMALL = 64 * 1024

/**
 * Encrypts each secret to the executors that may have to try it: those of its own system when its credential is registered,
 * else all. The value is in this function's memory only; what is kept, nobody here can read.
 */
export async function sealSecrets(
  deps: Promoting,
  org: string,
  secrets: readonly Secret[],
): Promise<DraftContent['secrets']> {
  if (!secrets.length) return []
  const known = await nhisOfCredentials(
    deps.sql,
    org,
    secrets.map((secret) => secret.fingerprint),
  )
  return Promise.all(
    secrets.map(async ({ label, kind, fingerprint, value }) => {
      const executors = await executorsFor(deps.sql, org, known[fingerprint] ?? null)
      const sealed = await Promise.all(
        executors.map((executor) => sealTo(deps, org, executor, { fingerprint, label, value })),
      )
      return { label, kind, fingerprint, sealed: sealed.filter((each) => each !== null) }
    }),
  )
}

async function sealTo(
  { sql, content }: Promoting,
  org: string,
  executor: string,
  { fingerprint, label, value }: Omit<Secret, 'kind'>,
): Promise<Sealed | null> {
  const key = (await enrolledKeys(sql, org, executor, 'enc')).at(-1)
  if (!key) return null
  const jwe = await seal(value, { ...key.jwk, kid: key.kid })
  const kept = await content.keep(org, [jcs({ executor, fingerprint, jwe, label })], SMALL)
  return isKept(kept) ? { ...kept, executor } : null
}

/** Puts the sealed secrets among the case's evidence: listed for everybody, handed to the executor alone. */
export async function attachSealed(
  deps: Promoting,
  actor: Actor,
  id: string,
  secrets: DraftContent['secrets'],
  key: string,
): Promise<Refusal | null> {
  for (const { fingerprint, sealed } of secrets) {
    for (const { sha256, bytes, executor } of sealed) {
      const input = {
        sha256,
        bytes,
        media_type: 'application/json',
        name: `${fingerprint.slice(0, 8)}.sealed.json`,
        kind: 'sealed-secret',
        source: `sealed to ${executor}`,
        tool: 'ECDH-ES+A256KW',
        trust: 'delivered',
      }
      const attached = await perform(deps, actor, {
        kind: 'case',
        stream: id,
        command: 'attachEvidence',
        input,
        key: `${key}-${sha256.slice(0, 32)}`,
      })
      if (isRefusal(attached) && attached.code !== 'duplicate' && attached.code !== 'wrong_stage')
        return attached
    }
  }
  return null
}
