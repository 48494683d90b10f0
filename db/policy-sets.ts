import { bundleBytes, bundleDigest, type PolicyTexts, textsOf } from '@/lib/policy/bundle'
import type { Client } from './client'
import { within } from './within'

/**
 * Keeps a policy set under its digest, for as long as the record is kept: every event names the set that decided it, and whoever
 * replays the event asks that set again. Kept once.
 */
export async function keepPolicySet(sql: Client, org: string, texts: PolicyTexts): Promise<void> {
  const body = Buffer.from(bundleBytes(texts))
  await within(
    sql,
    org,
    (
      tx,
    ) => tx`insert into policy_bundle (org, bundle, body, kept_at) values (${org}, ${bundleDigest(texts)}, ${body}, now())
      on conflict do nothing`,
  )
}

/** Those of these policy sets that were kept, by their digests. */
export async function policySets(
  sql: Client,
  org: string,
  bundles: readonly string[],
): Promise<Record<string, PolicyTexts>> {
  const rows = await within(
    sql,
    org,
    (tx) => tx<{ bundle: string; body: Buffer }[]>`
      select bundle, body from policy_bundle where org = ${org} and bundle = any(${[...new Set(bundles)]})`,
  )
  const found = rows.flatMap(({ bundle, body }) => {
    const texts = textsOf(body, bundle)
    return texts ? [[bundle, texts] as const] : []
  })
  return Object.fromEntries(found)
}
