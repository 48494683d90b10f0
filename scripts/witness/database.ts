import { type Client, connect, sqlState } from '../../db/client'
import { transact } from '../../db/transaction'
import { type Checkpoint, parseCheckpoint } from '../../lib/record/checkpoint'
import { formatNote, type Note, parseNote } from '../../lib/record/note'
import type { Memory } from './memory'

const CONNECTIONS = 4
/** Whoever waits longer for a log's turn, or for the server, is told that it failed, and asks again. */
const PATIENCE = '5s'

/**
 * In PostgreSQL, in a table of its own that is made when it isn't there: any number of processes with this witness's key may share it, and
 * none signs what another has not seen.
 * @param witness its verifier key
 * @throws Error when the database doesn't answer, or when what is kept can't be read
 */
export async function memoryOn(url: string, witness: string): Promise<Memory> {
  const sql = connect(url, CONNECTIONS, 'on-record witness', {
    lock_timeout: PATIENCE,
    statement_timeout: PATIENCE,
    // A witness that has answered must not forget: neither after a crash of the server, nor where others have it otherwise.
    synchronous_commit: 'on',
  })
  try {
    await makeTable(sql)
    for (const { note } of await sql<
      Row[]
    >`select note from on_record_witness.cosigned where witness = ${witness}`)
      checkpointIn(note)
  } catch (error) {
    await sql.end({ timeout: 1 })
    throw new Error(`The witness's database can't be used: ${reasonOf(error)}.`)
  }
  return {
    async newest(origin) {
      const [row] = await sql<Row[]>`
        select note from on_record_witness.cosigned where witness = ${witness} and origin = ${origin}`
      return checkpointIn(row?.note ?? null)
    },
    alone: (origin, work) =>
      transact(sql, '', async (tx) => {
        const newest = await held(tx, witness, origin)
        const remember = async (note: Note) => {
          await tx`
            update on_record_witness.cosigned set note = ${formatNote(note)}, at = clock_timestamp()
            where witness = ${witness} and origin = ${origin}`
        }
        return work({ newest, remember })
      }),
    close: () => sql.end({ timeout: 5 }),
  }
}

type Transaction = Parameters<Parameters<typeof transact>[2]>[0]
type Row = { note: string | null }

/** The row is locked until the transaction ends: who comes next reads what this one wrote. */
async function held(tx: Transaction, witness: string, origin: string): Promise<Checkpoint | null> {
  await tx`insert into on_record_witness.cosigned (witness, origin) values (${witness}, ${origin}) on conflict do nothing`
  const [row] = await tx<Row[]>`
    select note from on_record_witness.cosigned where witness = ${witness} and origin = ${origin} for update`
  if (!row) throw new Error('a row was just made')
  return checkpointIn(row.note)
}

/** Null where nothing was cosigned yet. @throws Malformed for anything that is no checkpoint */
function checkpointIn(note: string | null): Checkpoint | null {
  return note === null ? null : parseCheckpoint(parseNote(note).text)
}

/** Whoever may only use it finds it made, and needs no right to make it. */
function makeTable(sql: Client): Promise<void> {
  return transact(sql, '', async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext('on_record_witness'))`
    const [found] = await tx<
      { table: string | null }[]
    >`select to_regclass('on_record_witness.cosigned')::text as table`
    if (found?.table) return
    await tx`create schema if not exists on_record_witness`
    await tx`create table on_record_witness.cosigned (
      witness text not null, origin text not null, note text, at timestamptz not null default clock_timestamp(), primary key (witness, origin))`
  })
}

/** Never the address: it may hold a password. */
function reasonOf(error: unknown): string {
  const state = sqlState(error)
  if (state === '42501')
    return 'its role may not make the table on_record_witness.cosigned, and nobody else has'
  if (state === '28P01' || state === '28000') return 'it does not let this role in'
  return state ?? (error instanceof Error ? error.message : 'unknown')
}
