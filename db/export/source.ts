import { erasedEvent } from '@/lib/record/bundle'
import type { BundleSource, EntryProof, Kept, Memory } from '@/lib/record/bundle-source'
import { toHex } from '@/lib/record/bytes'
import { parseCheckpoint } from '@/lib/record/checkpoint'
import { entryBytes } from '@/lib/record/entry'
import { parseNote } from '@/lib/record/note'
import { type ManyProofs, manyProofs } from '@/lib/record/tile-proof'
import type { Registry } from '@/lib/registry/registry'
import { witnessPolicyLines } from '@/lib/registry/witnesses'
import type { Client } from '../client'
import type { ContentStore } from '../content/store'
import { readingClient } from '../log/reading'
import { within } from '../within'
import { anchorsFor } from './anchors'
import { artefacts } from './artefacts'
import { CORRECTING } from './derived/corrections'
import type { Cover } from './derived/cover'
import { derived, FORMS } from './derived/derived'
import { namesOf } from './derived/names'
import { envelopeOf } from './derived/told'
import type { Job, Progress } from './job'
import { earlierExports, registryLines, tilesAt } from './log-files'
import { type Extent, oneRow, pages, type Row } from './pages'
import { policySetFiles, policySetIn } from './policy-set-files'
import type { sealedAt } from './sealed'

/** What exports are made with. */
export type Exporting = {
  readonly sql: Client
  readonly content: ContentStore
  readonly software: string
  /** The folder of the installation: the report's program lies in it. */
  readonly home: string
}

const EVENTS = 'data/events.ndjson'
/** Over this many entries, the whole log goes along with wide exports only: a case's own chain shows that it is whole. */
const LOG_WITH_A_CASE = 16_384
/** How often each event is read: as itself, for its proof, and for each of the readable forms. */
const PASSES = 2 + FORMS

/** What a bundle is made of, read as it is written. `size` and `checkpoint` are the job's own. */
export async function sourceOf(
  { sql, content, software, home }: Exporting,
  org: string,
  { id, asked, stream, seq }: Job,
  { size, checkpoint, end, at }: Sealed,
  progress: Progress,
  signal: AbortSignal,
  kept: Kept | null = null,
): Promise<BundleSource> {
  const extent: Extent = { org, id, end, signal }
  const proofs = manyProofs(readingClient(sql, org), size)
  const anchored = await anchorsFor(sql, content, org, id, { size, note: checkpoint }, proofs)
  const earlier = await earlierExports(sql, org, size, checkpoint, proofs)
  const exported = await oneRow(sql, org, stream, seq)
  const last = asked.scope === 'case' ? null : exported
  const rows = (types: readonly string[] | null) => pages(sql, extent, types)
  const all = (step: string) => counted(withLast(rows(null), last), step, progress)
  const registry = await registryOf(sql, org)
  const files = artefacts(content, org, rows, progress, registry.passkeys)
  const about = await organisationOf(sql, org)
  const name = await namesOf(sql, org)
  const event = envelopeOf(exported)
  if (!event) throw new Error('the export’s own event has been erased')
  const { actor, at: askedAt } = event
  const policySets = new Set<string>()
  const { origin, root } = parseCheckpoint(parseNote(checkpoint).text)
  const cover: Cover = {
    ...{ id, asked, organization: about, by: name(actor.id), byId: actor.id, at: askedAt },
    log: { origin, size, root: toHex(root), place: exported.index },
  }
  return {
    about: {
      organization: about,
      identifier: identifierOf(asked.scope, stream, id),
      date: at.slice(0, 10),
      software,
    },
    events: () => each(naming(all('events'), policySets), (row) => bodyOf(row, progress)),
    proofs: () => each(all('proofs'), (row) => proofOf(row, proofs)),
    registry: () => registryLines(sql, org, size, proofs, policySets),
    policySets: () => policySetFiles(sql, org, policySets),
    checkpoint,
    policy: policyOf(registry),
    ...(asked.scope === 'case' && size > LOG_WITH_A_CASE ? {} : { tiles: () => tilesAt(sql, org, size) }),
    consistency: [
      ...earlier,
      ...anchored.consistency.filter(({ old }) => !earlier.some((one) => one.old === old)),
    ],
    anchors: anchored.anchors,
    approvals: files.approvals,
    emergencies: files.emergencies,
    warrants: {
      jwks: { keys: registry.warrant_keys.map((key) => ({ ...key.jwk, kid: key.kid })) },
      tokens: files.warrants,
    },
    evidence: files.evidence,
    derived: () => derived(all, () => rows(CORRECTING), name, cover, home, signal),
    ...(kept ? { kept: remembering(kept, policySets) } : {}),
  }
}

/** The policy sets that the events name are found while events.ndjson is made. */
function remembering(kept: Kept, policySets: Set<string>): Kept {
  const memory: Memory = {
    save: () => [...policySets],
    restore: (saved) => {
      for (const each of saved as string[]) policySets.add(each)
    },
  }
  return (path, content, own) => kept(path, content, path === EVENTS ? memory : own)
}

export type Sealed = NonNullable<Awaited<ReturnType<typeof sealedAt>>>

function identifierOf(scope: string, stream: string, id: string): string {
  return scope === 'case' ? stream : id
}

async function* withLast(rows: AsyncIterable<Row>, last: Row | null): AsyncGenerator<Row> {
  yield* rows
  if (last) yield last
}

async function* counted(rows: AsyncIterable<Row>, step: string, progress: Progress): AsyncGenerator<Row> {
  progress.step = step
  for await (const row of rows) {
    progress.events += 1 / PASSES
    yield row
  }
}

/** Notes the policy sets that these events name. */
async function* naming(rows: AsyncIterable<Row>, policySets: Set<string>): AsyncGenerator<Row> {
  for await (const row of rows) {
    const named = row.body && policySetIn(row.body)
    if (named) policySets.add(named)
    yield row
  }
}

/** The exact bytes, or the line that stands where they have been erased. */
function bodyOf({ stream, seq, body, hash }: Row, progress: Progress): Uint8Array {
  if (!body) return erasedEvent({ body: toHex(hash), case: stream, seq })
  progress.bytes += body.length
  return new Uint8Array(body)
}

async function proofOf(row: Row, proofs: ManyProofs): Promise<EntryProof> {
  const { stream, seq, hash, index } = row
  const entry = entryBytes({ body: toHex(hash), case: stream, seq })
  return { entry, index, seq, path: await proofs.inclusion(index) }
}

async function* each<T>(rows: AsyncIterable<Row>, make: (row: Row) => T | Promise<T>): AsyncGenerator<T> {
  for await (const row of rows) yield await make(row)
}

async function organisationOf(sql: Client, org: string): Promise<string> {
  const [row] = await within(
    sql,
    org,
    (tx) => tx<{ name: string }[]>`select name from organisation where org = ${org}`,
  )
  if (!row) throw new Error(`there is no organisation ${org}`)
  return row.name
}

async function registryOf(sql: Client, org: string): Promise<Registry> {
  const [row] = await within(
    sql,
    org,
    (tx) => tx<{ state: Registry }[]>`select state from stream where org = ${org} and stream = 'registry'`,
  )
  if (!row) throw new Error(`the organisation ${org} has no registry`)
  return row.state
}

/** C2SP tlog-policy. A copy for convenience: auditors use their own. */
function policyOf(registry: Registry): string {
  const logs = registry.log_keys.map((vkey) => `log ${vkey}\n`).join('')
  return `# c2sp.org/tlog-policy: a copy for convenience; verify with YOUR OWN file\n${logs}${witnessPolicyLines(registry)}`
}
