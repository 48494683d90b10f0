import { setTimeout as pause } from 'node:timers/promises'
import { boundsOf } from '../../db/export/period'
import { casesInHistory, LOOKED_THROUGH } from '../../db/queries/cases-in-history'
import { reader } from '../../db/reading'
import { urlAs } from '../../db/roles'
import { SAMPLE_ORG } from '../../db/seed/people'
import { within } from '../../db/within'
import { type HistoryWanted, historyInWords } from '../../lib/act/history-filter'
import { caseNamed } from './case-named'
import type { Installation } from './installation'

export type Wanted =
  | { readonly case: string }
  | { readonly from: string; readonly to: string }
  | { readonly history: HistoryWanted }
  | 'sample'
  | 'everything'

/** What an export covers, found in this installation. */
export type Covered =
  | { readonly scope: 'case'; readonly case: string }
  | {
      readonly scope: 'period'
      readonly from: string
      readonly to: string
      readonly first: number
      readonly last: number | null
    }
  | { readonly scope: 'cases'; readonly cases: readonly string[]; readonly filter: string }
  | { readonly scope: 'everything' }

export async function coveredBy(installation: Installation, wanted: Wanted): Promise<Covered> {
  if (wanted === 'everything') return { scope: 'everything' }
  if (wanted === 'sample') return { scope: 'case', case: await sampleCase(installation) }
  if ('case' in wanted) return { scope: 'case', case: await caseNamed(installation, wanted.case) }
  if ('history' in wanted) return behind(installation, wanted.history)
  const bounds = await boundsOf(installation.deps.sql, installation.org, wanted.from, wanted.to)
  if (!bounds) throw new Error('Nothing happened in this period.')
  return { scope: 'period', ...wanted, ...bounds }
}

async function behind({ database, org }: Installation, wanted: HistoryWanted): Promise<Covered> {
  const readers = reader(urlAs('on_record_app', database.adminUrl, database.secret), 1)
  try {
    const found = await casesInHistory(readers, { org }, wanted)
    if (!found)
      throw new Error(
        `More than ${LOOKED_THROUGH} entries would have to be looked through: choose a shorter time or another filter, or export a period.`,
      )
    if (!found.cases.length) throw new Error('In no case is there anything on record that fits.')
    return { scope: 'cases', cases: found.cases, filter: historyInWords(wanted) }
  } finally {
    await readers.end()
  }
}

const PATIENCE_MS = 90_000

/** The case that the sample's own executor worked; just after the first start it may still be at it. */
async function sampleCase({ deps, org }: Installation): Promise<string> {
  if (org !== SAMPLE_ORG)
    throw new Error('This installation has no sample organisation: name a case with --case.')
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await pause(500)) {
    const [first] = await within(
      deps.sql,
      org,
      (tx) => tx<{ id: string }[]>`
        select f.id from case_file f join case_message m on m.org = f.org and m."case" = f.id
        where f.org = ${org} and m.key = 'sample:closed' and f.stage = 'closed'`,
    )
    if (first) return first.id
  }
  throw new Error(
    "The sample's case is not closed yet. Is the executor running? Its log is in the data folder.",
  )
}
