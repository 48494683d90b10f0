import type { Carried } from '@/lib/act/carried'
import { type Colleague, type ErasureFacts, type Facts, NOTHING_ERASING, type Wanted } from '@/lib/act/facts'
import type { Answered, Ledger, Page, Writing, Written } from '@/lib/act/ledger'
import { fromUtf8 } from '@/lib/record/bytes'
import { type Client, sqlState } from './client'
import { rowsOf } from './projections/rows'
import { together } from './together'
import { within } from './within'

const UNIQUE_VIOLATION = '23505'
/** Somebody else has what the statement needs, and has had it for as long as it may wait. */
const NOT_TO_BE_HAD = '55P03'
/** Somebody has placed a hold since: whoever looks again sees it. */
const HOLD_STANDS = 'OR001'

/** Streams in PostgreSQL: one round trip to read, one to write, each shared by those who come at the same time (docs/decisions/two-round-trips.md). */
export function postgresLedger(sql: Client): Ledger {
  return {
    ...onConnection(sql, writer(sql)),
    alone: (actor, stream, work) => alone(sql, actor.org, stream, work),
  }
}

type Opened = {
  version: number
  head: string | null
  state: unknown
  now: string
  facts: Facts
  answered: Answered | null
}

type Write = (writing: Writing) => Promise<Written>

function onConnection(sql: Client, write: Write): Omit<Ledger, 'alone'> {
  const openTogether = opener(sql)
  return {
    async open(actor, _kind, stream, key, wanted): Promise<Page> {
      const asked = { org: actor.org, stream, actor: actor.id, key, wanted }
      if (wanted.erasing || wanted.colleagues) return openWithMore(sql, asked)
      return withErasing(await openTogether(asked), null)
    },
    async write(writing): Promise<Written> {
      try {
        return await write(writing)
      } catch (error) {
        if (sqlState(error) === UNIQUE_VIOLATION) return 'taken'
        if (sqlState(error) === HOLD_STANDS) return 'moved'
        throw error
      }
    },
  }
}

type Asked = {
  readonly org: string
  readonly stream: string
  readonly actor: string
  readonly key: string
  readonly wanted: Wanted
}

function opener(sql: Client): (asked: Asked) => Promise<Opened> {
  return together(async (asked: readonly Asked[]) => {
    const rows = await sql<{ page: Opened }[]>`
      select open_page(one ->> 'org', one ->> 'stream', one ->> 'actor', one ->> 'key', one -> 'wanted') as page
      from jsonb_array_elements(${JSON.stringify(asked)}::text::jsonb) with ordinality as asked(one, place) order by place`
    return rows.map(({ page }) => page)
  })
}

/** Beside others, as long as nobody has what this page needs; and by itself, where it keeps only itself waiting, otherwise. */
function writer(sql: Client): Write {
  const writeTogether = together(async (writings: readonly Writing[]) => {
    const pages = writings.toSorted(byStream)
    const answers = await writePages(sql, pages)
    return writings.map((writing) => answered(answers[pages.indexOf(writing)]))
  })
  const writeAlone = loneWriter(sql)
  return async (writing) => {
    try {
      return await writeTogether(writing)
    } catch (error) {
      if (sqlState(error) !== NOT_TO_BE_HAD) throw error
      return writeAlone(writing)
    }
  }
}

/** Always in one order: no two statements wait for each other's streams. */
function byStream(one: Writing, other: Writing): number {
  if (one.stream === other.stream) return 0
  return one.stream < other.stream ? -1 : 1
}

/** All of these in one transaction, in this order: what became of each, or nothing is written. Waits for no lock for long (55P03). */
export async function writePages(sql: Client, writings: readonly Writing[]): Promise<Written[]> {
  const rows = await sql<{ written: Written }[]>`
    select written from write_pages(${`[${writings.map(writingText).join()}]`}::text::jsonb, ${writings.flatMap(bodiesOf)}::text[]) as written`
  return rows.map(({ written }) => written)
}

function loneWriter(sql: Client): Write {
  return async (writing) => {
    const [row] = await sql<{ written: Written }[]>`
      select write_page(${writingText(writing)}::text::jsonb, ${bodiesOf(writing)}::text[]) as written`
    return answered(row?.written)
  }
}

function answered(written: Written | undefined): Written {
  if (!written) throw new Error('A page was not answered.')
  return written
}

function bodiesOf({ events }: Writing): string[] {
  return events.map(({ bytes }) => fromUtf8(bytes))
}

/** With what few commands ask for. */
async function openWithMore(sql: Client, { org, stream, actor, key, wanted }: Asked): Promise<Page> {
  const more = wanted.erasing
    ? sql`erasure_facts(${org}, ${stream}, ${[...wanted.erasing]}::int[])`
    : sql`null::jsonb`
  const line = wanted.colleagues ? sql`colleagues(${org}, ${stream})` : sql`null::jsonb`
  const [row] = await sql<{ page: Opened; more: ErasureFacts | null; colleagues: Colleague[] | null }[]>`
    select open_page(${org}, ${stream}, ${actor}, ${key}, ${sql.json(wanted)}) as page, ${more} as more, ${line} as colleagues`
  if (!row) throw new Error('open_page answered nothing')
  const page = withErasing(row.page, row.more)
  return row.colleagues ? { ...page, facts: { ...page.facts, colleagues: row.colleagues } } : page
}

/** The page with what `erasure_facts` adds, or with nothing for who doesn't ask. */
export function withErasing<Found extends { facts: Facts }>(page: Found, more: ErasureFacts | null): Found {
  return { ...page, facts: { ...page.facts, ...(more ?? NOTHING_ERASING) } }
}

/** What `write_page` is told. */
function writingText(writing: Writing): string {
  const { actor, kind, stream, from, at, correlation, state, effects, key, answered, carried } = writing
  return JSON.stringify({
    org: actor.org,
    actor: actor.id,
    kind,
    stream,
    from,
    at,
    correlation,
    state,
    effects: effects.map((effect) => ({
      at: null,
      key: null,
      ...effect,
      payload: { ...effect.payload, org: actor.org },
    })),
    key,
    answered,
    head: writing.events.at(-1)?.hash,
    events: writing.events.map(({ seq, type, hash }) => ({ seq, type, hash })),
    rows: rowsOf(writing),
    ...(carried.length ? { carried: carried.map(inText) } : {}),
  })
}

function inText({ sha256, content }: Carried): { sha256: string; base64: string } {
  const { buffer, byteOffset, byteLength } = content
  return { sha256, base64: Buffer.from(buffer, byteOffset, byteLength).toString('base64') }
}

/** Holds the stream's row for the length of the work, so that nobody overtakes. Used after several have. */
function alone<T>(
  sql: Client,
  org: string,
  stream: string,
  work: (ledger: Ledger) => Promise<T>,
): Promise<T> {
  return within(sql, org, async (transaction) => {
    const held = transaction as unknown as Client
    await held`select pg_advisory_xact_lock(hashtextextended(${`${org}/${stream}`}, 0))`
    await held`select 1 from stream where org = ${org} and stream = ${stream} for update`
    const ledger: Ledger = {
      ...onConnection(held, loneWriter(held)),
      alone: (_actor, _stream, nested) => nested(ledger),
    }
    return work(ledger)
  })
}
