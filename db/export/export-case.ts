import { type Deps, perform } from '@/lib/act/perform'
import { isRefusal, type Refusal, refuse } from '@/lib/act/refusal'
import type { Actor } from '@/lib/identity/actor'
import { type BundleFile, type BundleKey, bundle } from '@/lib/record/bundle'
import { caseSource, type Exporting } from './case-source'

/** The sequencer seals within a second; waiting longer than this means that it is down. */
const PATIENCE_MS = 10_000
const LOOK_MS = 100

/**
 * Records the export as the case's last event, waits until that is sealed, and answers with the bundle's files, to be
 * read one after the other.
 */
export async function exportCase(
  deps: Deps,
  exporting: Exporting,
  key: BundleKey,
  actor: Actor,
  order: { readonly case: string; readonly purpose: string; readonly key: string },
): Promise<AsyncGenerator<BundleFile> | Refusal> {
  const receipt = await perform(deps, actor, {
    kind: 'case',
    stream: order.case,
    command: 'exportCase',
    input: { purpose: order.purpose },
    key: order.key,
  })
  if (isRefusal(receipt)) return receipt
  const patience = Date.now() + PATIENCE_MS
  while (Date.now() < patience) {
    const found = await caseSource(exporting, actor.org, order.case, receipt.version)
    if (found) return bundle(found.source, key)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
  return refuse(
    'not_sealed',
    'The export is recorded, but the log has not sealed it yet.',
    'Try again in a minute; if it stays so, look at the sequencer.',
  )
}
