import type { PolicySetFile } from '@/lib/record/bundle-source'
import type { Client } from '../client'
import { within } from '../within'

const BEFORE = '"policy":{"bundle":"sha256:'
const HEX = 64

/**
 * hex(SHA-256) of the policy set that decided this event; null where it names none. Its bytes are canonical (RFC 8785): the policy stands
 * behind the data, its bundle first in it, and no text within quotes can hold a quotation mark of its own. So the last place is the right
 * one, and a million events needn't be parsed.
 */
export function policySetIn(body: Buffer): string | null {
  const at = body.lastIndexOf(BEFORE, undefined, 'latin1')
  if (at < 0) return null
  const digest = body.toString('latin1', at + BEFORE.length, at + BEFORE.length + HEX)
  return /^[0-9a-f]{64}$/.test(digest) ? digest : null
}

/** Those of these policy sets that were kept, one after the other, in the order of their digests. */
export async function* policySetFiles(
  sql: Client,
  org: string,
  digests: ReadonlySet<string>,
): AsyncGenerator<PolicySetFile> {
  for (const sha256 of [...digests].sort()) {
    const [kept] = await within(
      sql,
      org,
      (tx) => tx<{ body: Buffer }[]>`
        select body from policy_bundle where org = ${org} and bundle = ${`sha256:${sha256}`}`,
      'read only',
    )
    if (kept) yield { sha256, bytes: new Uint8Array(kept.body) }
  }
}
