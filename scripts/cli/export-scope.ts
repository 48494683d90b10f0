import { setTimeout as pause } from 'node:timers/promises'
import { boundsOf } from '../../db/export/period'
import { SAMPLE_ORG } from '../../db/seed/people'
import { within } from '../../db/within'
import { caseNamed } from './case-named'
import type { Installation } from './installation'

export type Wanted =
  | { readonly case: string }
  | { readonly from: string; readonly to: string }
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
  | { readonly scope: 'everything' }

export async function coveredBy(installation: Installation, wanted: Wanted): Promise<Covered> {
  if (wanted === 'everything') return { scope: 'everything' }
  if (wanted === 'sample') return { scope: 'case', case: await sampleCase(installation) }
  if ('case' in wanted) return { scope: 'case', case: await caseNamed(installation, wanted.case) }
  const bounds = await boundsOf(installation.deps.sql, installation.org, wanted.from, wanted.to)
  if (!bounds) throw new Error('Nothing happened in this period.')
  return { scope: 'period', ...wanted, ...bounds }
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
