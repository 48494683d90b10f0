import { buffer } from 'node:stream/consumers'
import type { ConsistencyFile, KeptCheckpoint } from '@/lib/record/bundle-source'
import { fromUtf8 } from '@/lib/record/bytes'
import type { ManyProofs } from '@/lib/record/tile-proof'
import { addCheckpointBody } from '@/lib/record/witness'
import type { Client } from '../client'
import type { ContentStore } from '../content/store'
import { within } from '../within'
import { MissingContent } from './artefacts'

export type Anchors = {
  readonly anchors: readonly KeptCheckpoint[]
  /** That the log of each anchor grew into the one of the bundle's head. */
  readonly consistency: readonly ConsistencyFile[]
}

/**
 * What was anchored outside since the bundle's first event, up to the bundle's head: earlier anchors say nothing about these events, later
 * ones can't be in it.
 * @param id the export's
 */
export async function anchorsFor(
  sql: Client,
  content: ContentStore,
  org: string,
  id: string,
  head: { readonly size: number; readonly note: string },
  proofs: ManyProofs,
): Promise<Anchors> {
  const first = await firstPlace(sql, org, id)
  const bySize = new Map<number, KeptCheckpoint>()
  for (const event of await anchorEvents(sql, org)) {
    const { size, checkpoint_sha256: sha256 } = event.data
    if (size <= first || size > head.size) continue
    const known = bySize.get(size) ?? { size, checkpoint: fromUtf8(await whole(content, org, sha256)) }
    bySize.set(size, { ...known, ...(await proofOf(content, org, event)) })
  }
  const anchors = [...bySize.values()].sort((one, other) => one.size - other.size)
  return { anchors, consistency: await consistencyOf(proofs, anchors, head) }
}

/** Where the earliest event of the export's streams is in the log. */
async function firstPlace(sql: Client, org: string, id: string): Promise<number> {
  const [row] = await within(
    sql,
    org,
    (tx) => tx<{ first: number | null }[]>`
      select min(l.idx)::float8 as first from export_stream s
      join log_entry l on l.org = s.org and l.stream = s.stream and l.seq = 0
      where s.org = ${org} and s.export = ${id}`,
    'read only',
  )
  return row?.first ?? 0
}

type AnchorRow = {
  readonly type: 'checkpoint.timestamped' | 'checkpoint.posted'
  readonly at: string
  readonly data: {
    size: number
    checkpoint_sha256: string
    token_sha256?: string
    permalink?: string
    channel?: string
  }
}

function anchorEvents(sql: Client, org: string): Promise<AnchorRow[]> {
  return within(
    sql,
    org,
    (tx) => tx<AnchorRow[]>`
      select type, utc(at) as at, convert_from(body, 'UTF8')::jsonb -> 'data' as data from event
      where org = ${org} and stream = 'registry' and type in ('checkpoint.timestamped', 'checkpoint.posted') order by seq`,
    'read only',
  )
}

async function proofOf(
  content: ContentStore,
  org: string,
  { type, at, data }: AnchorRow,
): Promise<Partial<KeptCheckpoint>> {
  if (type === 'checkpoint.timestamped')
    return { timestamp: await whole(content, org, data.token_sha256 ?? '') }
  const { permalink = '', channel = '' } = data
  return { post: { permalink, channel, recorded_at: at } }
}

async function consistencyOf(
  proofs: ManyProofs,
  anchors: readonly KeptCheckpoint[],
  { size, note }: { readonly size: number; readonly note: string },
): Promise<ConsistencyFile[]> {
  const files: ConsistencyFile[] = []
  for (const { size: old } of anchors) {
    if (old === size) continue
    files.push({ old, body: addCheckpointBody(old, await proofs.consistency(old), note) })
  }
  return files
}

async function whole(content: ContentStore, org: string, sha256: string): Promise<Uint8Array> {
  const found = await content.read(org, sha256)
  if (!found) throw new MissingContent(`the anchor ${sha256} is on the record but not in the store`)
  return new Uint8Array(await buffer(found.stream))
}
