import { perform } from '@/lib/act/perform'
import { isRefusal } from '@/lib/act/refusal'
import type { Actor } from '@/lib/identity/actor'
import type { Client } from '../client'
import type { ContentStore } from '../content/store'
import type { Performing } from '../deps'
import { postgresLedger } from '../ledger'
import { within } from '../within'

/** Content that was kept so recently may belong to evidence that is about to be recorded. */
const GRACE_MS = 120_000

/** `waiting`: some content is too young to tell whether it is needed; try again. */
export type Removed = { readonly removed: number; readonly shared: number; readonly waiting: number }

/**
 * Takes the content of a case's erased evidence away, unless something else on record has the same, and records how many pieces
 * went. One transaction holds the list and the event: whatever interrupts it, the list is still there or the event is.
 */
export function removeContent(
  deps: Performing & { readonly content: ContentStore },
  actor: Actor,
  id: string,
  graceMs = GRACE_MS,
): Promise<Removed> {
  const { org } = actor
  return within(deps.sql, org, async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtextextended(${`removal/${org}/${id}`}, 0))`
    const listed = await tx<{ sha256: string; needed: boolean }[]>`
      select sha256, is_needed(org, sha256) as needed from content_to_remove where org = ${org} and "case" = ${id}`
    const settled: string[] = []
    const count = { removed: 0, shared: 0, waiting: 0 }
    for (const { sha256, needed } of listed) {
      const outcome = needed ? 'shared' : await deps.content.remove(org, sha256, graceMs)
      count[outcome] += 1
      if (outcome !== 'waiting') settled.push(sha256)
    }
    if (!settled.length) return count
    await tx`delete from content_to_remove where org = ${org} and "case" = ${id} and sha256 = any(${settled})`
    const ledger = postgresLedger(tx as unknown as Client)
    const { removed, shared } = count
    const recorded = await perform({ ...deps, ledger }, actor, {
      kind: 'case',
      stream: id,
      command: 'recordRemoval',
      input: { removed, shared },
      key: deps.newId('removal'),
    })
    // Not taken: nor is the list to be forgotten.
    if (isRefusal(recorded)) throw new Error(`a removal could not be recorded: ${recorded.code}`)
    return count
  })
}
