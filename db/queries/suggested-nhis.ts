import { and, eq, inArray } from 'drizzle-orm'
import type { NhiRow } from '@/lib/act/view/nhi'
import { suggestNhis } from '@/lib/chat/suggest-nhi'
import type { Actor } from '@/lib/identity/actor'
import type { DraftContent } from '../drafts'
import type { Reader, Reading } from '../reading'
import { credential, nhi } from '../schema'
import { nhiRowsOf } from './nhis'

const MOST_KNOWN = 5_000

/** The identities that a message seems to touch, each with why; the surest first. */
export function suggestedNhis(
  reader: Reader,
  viewer: Actor,
  { snapshot, secrets }: Pick<DraftContent, 'snapshot' | 'secrets'>,
  now: string,
): Promise<(NhiRow & { reason: string })[]> {
  return reader.read(viewer, async (reading) => {
    const found = suggestNhis(
      await known(
        reading,
        viewer.org,
        secrets.map((secret) => secret.fingerprint),
      ),
      {
        texts: snapshot.messages.map((message) => message.text),
        secrets,
        posters: snapshot.messages.flatMap(({ author_id, author_flags }) =>
          author_id !== null && author_flags.includes('bot') ? [author_id] : [],
        ),
      },
    )
    const rows = await nhiRowsOf(
      reading,
      viewer.org,
      found.map((each) => each.nhi),
      now,
    )
    return rows.map((row) => ({ ...row, reason: found.find((each) => each.nhi === row.id)?.reason ?? '' }))
  })
}

async function known(reading: Reading, org: string, fingerprints: readonly string[]) {
  const [rows, credentials] = await Promise.all([
    reading
      .select({ id: nhi.id, name: nhi.name, account: nhi.account })
      .from(nhi)
      .where(eq(nhi.org, org))
      .orderBy(nhi.id)
      .limit(MOST_KNOWN),
    reading
      .select({ nhi: credential.nhi, fingerprint: credential.fingerprint })
      .from(credential)
      .where(and(eq(credential.org, org), inArray(credential.fingerprint, [...fingerprints]))),
  ])
  return rows.map((row) => ({
    ...row,
    fingerprints: credentials.filter((each) => each.nhi === row.id).map((each) => each.fingerprint),
  }))
}
