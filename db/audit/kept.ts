import { sql } from 'drizzle-orm'
import { folded, type Recorded, withLeft } from '@/lib/audit/recorded'
import type { Kept } from '@/lib/audit/replay'
import type { Case } from '@/lib/case/case'
import { fromUtf8, toHex } from '@/lib/record/bytes'
import type { Reading } from '../reading'

type Row = Omit<Recorded, 'envelope' | 'hash'> & { hash: Buffer; body: Buffer | null }
const COLUMNS = sql`stream, seq, type, utc(at) as at, actor, hash, body`

/** The events of a case, and of the streams that its decisions looked at. Null when there is no such case. */
export async function readKept(
  reading: Reading,
  org: string,
  id: string,
  origin: string,
): Promise<Kept | null> {
  const events = withLeft(
    recorded(
      await reading.execute<Row>(
        sql`select ${COLUMNS} from event where org = ${org} and stream = ${id} order by seq`,
      ),
    ),
  )
  if (!events.length) return null
  const registry = recorded(
    await reading.execute<Row>(
      sql`select ${COLUMNS} from event where org = ${org} and stream = 'registry' and type <> 'policy.denied' order by seq`,
    ),
  )
  const nhis = await nhisOf(reading, org, involved(events, registry))
  return { org, origin, events, registry, nhis }
}

/** The identities that the case speaks of, that acted in it, and the executors that could have. */
function involved(events: readonly Recorded[], registry: readonly Recorded[]): string[] {
  const state = folded('case', events) as Case
  const actors = events.map(({ actor }) => actor).filter((actor) => actor.startsWith('nhi_'))
  const executors = registry.flatMap(({ envelope }) => envelope?.data.executor ?? [])
  return [...new Set([...state.nhis, ...actors, ...executors.map(String)])]
}

/** That an identity was used is of no account for what anybody may do, and it may have been used very often. */
async function nhisOf(reading: Reading, org: string, ids: readonly string[]): Promise<Kept['nhis']> {
  const rows = recorded(
    await reading.execute<Row>(
      sql`select ${COLUMNS} from event where org = ${org} and stream = any(${`{${ids.join(',')}}`}::text::text[])
        and type not in ('nhi.used', 'policy.denied') order by stream, seq`,
    ),
  )
  return Object.fromEntries(ids.map((id) => [id, rows.filter(({ stream }) => stream === id)]))
}

function recorded(rows: Iterable<Row>): Recorded[] {
  return [...rows].map(({ body, hash, ...row }) => ({
    ...row,
    hash: toHex(hash),
    envelope: body && JSON.parse(fromUtf8(body)),
  }))
}
