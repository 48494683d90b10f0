import type { Ledger } from '@/lib/act/ledger'
import type { Client } from '../client'
import { aCase, comment, done, type TestDatabase } from '../database.test-support'
import type { Performing } from '../deps'
import { sampleActor } from '../seed/actors'

export const WORDS = 'Margarethe-Quist-of-Tromsø'

/** A case in which somebody said what should never have been said, and the number of that event. */
export async function saidTooMuch(test: TestDatabase, text = WORDS): Promise<{ id: string; seq: number }> {
  const id = await aCase(test.deps)
  const { version } = await comment(test.deps, id, text)
  return { id, seq: version - 1 }
}

export function act(test: TestDatabase, who: string, stream: string, command: string, input: object) {
  return done(test.deps, sampleActor(who), { kind: 'case', stream, command, input })
}

/** Asked for by Grace and agreed to by Chiara. */
export async function erase(test: TestDatabase, id: string, ...seqs: number[]): Promise<void> {
  const { ids } = await act(test, 'usr_grace', id, 'requestErasure', { seqs, reason: 'She asked us to.' })
  await act(test, 'usr_chiara', id, 'agreeErasure', { erasure: ids.erasure })
}

/** Everything happens so many days ago: the clock that commands are given is moved. */
export function daysAgo(deps: Performing, days: number): Performing {
  const moved = (ledger: Ledger): Ledger => ({
    ...ledger,
    open: async (...asked) => {
      const page = await ledger.open(...asked)
      return { ...page, now: new Date(Date.parse(page.now) - days * 86_400_000).toISOString() }
    },
    alone: (actor, stream, work) => ledger.alone(actor, stream, (alone) => work(moved(alone))),
  })
  return { ...deps, ledger: moved(deps.ledger) }
}

/** The tables in which a superuser finds the text: in any column, as text, as bytes or as a word to search for. */
export async function tablesWith(admin: Client, text: string): Promise<string[]> {
  const tables = await admin<{ table: string }[]>`
    select format('%I.%I', schemaname, tablename) as table from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`
  const hex = Buffer.from(text).toString('hex')
  const word = text.toLowerCase()
  const found: string[] = []
  for (const { table } of tables) {
    const [row] = await admin.unsafe<{ some: boolean }[]>(
      `select exists (select from ${table} as row where strpos(lower(row::text), $1) > 0 or strpos(row::text, $2) > 0) as some`,
      [word, hex],
    )
    if (row?.some) found.push(table)
  }
  return found
}
