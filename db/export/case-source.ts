import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { BundleSource, EntryProof, RegistryLine } from '@/lib/record/bundle-source'
import { toHex } from '@/lib/record/bytes'
import { entryBytes } from '@/lib/record/entry'
import { type ManyProofs, manyProofs } from '@/lib/record/tile-proof'
import { KEY_EVENTS } from '@/lib/registry/key-event'
import type { Registry } from '@/lib/registry/registry'
import type { Client } from '../client'
import type { ContentStore } from '../content'
import { readingClient } from '../log/reading'
import type { Reader, Reading } from '../reading'
import { checkpoint, event, logEntry, organisation, stream } from '../schema'
import { artefacts } from './artefacts'
import { derived } from './derived'

/** What a bundle of one case is made of, read as it is written: nothing is held but a page at a time. */
export type CaseSource = { readonly source: BundleSource; readonly size: number }

export type Exporting = {
  readonly reader: Reader
  readonly sql: Client
  readonly content: ContentStore
  readonly software: string
}

const PAGE = 500
/** Events of the registry that an auditor needs: which keys were published, retired, enrolled and revoked, and when. */
const SHOWN = [...KEY_EVENTS, 'passkey.enrolled', 'passkey.revoked']

/** Null until the case's last event is in a signed checkpoint. */
export async function caseSource(
  { reader, sql, content, software }: Exporting,
  org: string,
  id: string,
  upTo: number,
): Promise<CaseSource | null> {
  const read = <T>(work: (reading: Reading) => Promise<T>) => reader.read({ org }, work)
  const head = await read((reading) => sealedHead(reading, org, id, upTo))
  if (!head) return null
  const [about, registry] = await Promise.all([
    read((reading) => organisationOf(reading, org)),
    read((reading) => registryOf(reading, org)),
  ])
  const proofs = manyProofs(readingClient(sql, org), head.size)
  const pages = () => casePages(read, org, id, upTo)
  const files = artefacts(content, org, pages, registry.passkeys)
  return {
    size: head.size,
    source: {
      about: { organization: about.name, identifier: id, date: head.at.slice(0, 10), software },
      events: () => each(pages(), (row) => new Uint8Array(row.body)),
      proofs: () => each(pages(), (row) => proofOf(row, id, proofs)),
      registry: () => registryLines(read, org, head.size, proofs),
      checkpoint: head.note,
      policy: policyOf(registry),
      approvals: files.approvals,
      warrants: {
        jwks: { keys: registry.warrant_keys.map((key) => ({ ...key.jwk, kid: key.kid })) },
        tokens: files.warrants,
      },
      evidence: files.evidence,
      derived: () => derived(pages),
    },
  }
}

export type Row = { seq: number; type: string; body: Buffer; hash: Buffer; index: number }
type Read = <T>(work: (reading: Reading) => Promise<T>) => Promise<T>

/** The newest checkpoint, if the whole case is in it. */
async function sealedHead(reading: Reading, org: string, id: string, upTo: number) {
  const [head] = await reading
    .select({ size: checkpoint.size, note: checkpoint.note, at: sql<string>`utc(${checkpoint.at})` })
    .from(checkpoint)
    .where(eq(checkpoint.org, org))
    .orderBy(sql`${checkpoint.size} desc`)
    .limit(1)
  const [last] = await reading
    .select({ index: logEntry.idx })
    .from(logEntry)
    .where(and(eq(logEntry.org, org), eq(logEntry.stream, id), eq(logEntry.seq, upTo - 1)))
  return head && last && last.index < head.size ? head : null
}

async function organisationOf(reading: Reading, org: string): Promise<{ name: string }> {
  const [row] = await reading
    .select({ name: organisation.name })
    .from(organisation)
    .where(eq(organisation.org, org))
  if (!row) throw new Error(`there is no organisation ${org}`)
  return row
}

async function registryOf(reading: Reading, org: string): Promise<Registry> {
  const [row] = await reading
    .select({ state: stream.state })
    .from(stream)
    .where(and(eq(stream.org, org), eq(stream.stream, 'registry')))
  if (!row) throw new Error(`the organisation ${org} has no registry`)
  return row.state as Registry
}

/** C2SP tlog-policy. A copy for convenience: auditors use their own. */
function policyOf(registry: Registry): string {
  const logs = registry.log_keys.map((vkey) => `log ${vkey}\n`).join('')
  return `# c2sp.org/tlog-policy: a copy for convenience; verify with YOUR OWN file\n${logs}quorum none\n`
}

async function* casePages(read: Read, org: string, id: string, upTo: number): AsyncGenerator<Row> {
  for (let from = 0; from < upTo; from += PAGE) {
    yield* await read((reading) =>
      reading
        .select({ seq: event.seq, type: event.type, body: event.body, hash: event.hash, index: logEntry.idx })
        .from(event)
        .innerJoin(
          logEntry,
          and(eq(logEntry.org, event.org), eq(logEntry.stream, event.stream), eq(logEntry.seq, event.seq)),
        )
        .where(
          and(
            eq(event.org, org),
            eq(event.stream, id),
            sql`${event.seq} >= ${from} and ${event.seq} < ${Math.min(upTo, from + PAGE)}`,
          ),
        )
        .orderBy(asc(event.seq)),
    )
  }
}

async function* registryLines(
  read: Read,
  org: string,
  size: number,
  proofs: ManyProofs,
): AsyncGenerator<RegistryLine> {
  const rows = await read((reading) =>
    reading
      .select({ body: event.body, index: logEntry.idx })
      .from(event)
      .innerJoin(
        logEntry,
        and(eq(logEntry.org, event.org), eq(logEntry.stream, event.stream), eq(logEntry.seq, event.seq)),
      )
      .where(
        and(
          eq(event.org, org),
          eq(event.stream, 'registry'),
          inArray(event.type, SHOWN),
          sql`${logEntry.idx} < ${size}`,
        ),
      )
      .orderBy(asc(event.seq)),
  )
  for (const { body, index } of rows)
    yield { event: new Uint8Array(body), index, path: await proofs.inclusion(index) }
}

async function proofOf(row: Row, id: string, proofs: ManyProofs): Promise<EntryProof> {
  const entry = entryBytes({ body: toHex(row.hash), case: id, seq: row.seq })
  return { entry, index: row.index, seq: row.seq, path: await proofs.inclusion(row.index) }
}

async function* each<T>(rows: AsyncIterable<Row>, make: (row: Row) => T | Promise<T>): AsyncGenerator<T> {
  for await (const row of rows) yield await make(row)
}
