import type { Case } from '@/lib/case/case'
import type { Client } from './client'
import { within } from './within'

type Title = { number: number; title: string; version: number; stage: string }

/** A case's number and title; null when the organisation has no such case. */
export async function caseTitle(sql: Client, org: string, id: string): Promise<Title | null> {
  const [row] = await sql<Title[]>`select number, title, version, stage from case_title(${org}, ${id})`
  return row ?? null
}

/** The case as its commands see it, with the database's clock in milliseconds since 1970. */
export function caseState(
  sql: Client,
  org: string,
  id: string,
): Promise<{ state: Case; version: number; now: number } | null> {
  return within(sql, org, async (tx) => {
    const [row] = await tx<{ state: Case; version: number; now: string }[]>`
      select state, version, (extract(epoch from clock_timestamp()) * 1000)::bigint::text as now from stream where org = ${org} and stream = ${id} and kind = 'case'`
    return row ? { ...row, now: Number(row.now) } : null
  })
}

export type EvidenceRow = {
  readonly sha256: string
  readonly bytes: number
  readonly kind: string
  readonly media_type: string
  readonly name: string
}

/** Content counts only as evidence of a case: the same bytes in another case or organisation are not found. */
export function evidenceOf(
  sql: Client,
  org: string,
  caseId: string,
  sha256: string,
): Promise<EvidenceRow | null> {
  return within(sql, org, async (tx) => {
    const [row] = await tx<EvidenceRow[]>`
      select sha256, bytes::float8 as bytes, kind, media_type, name from evidence where org = ${org} and "case" = ${caseId} and sha256 = ${sha256}`
    return row ?? null
  })
}

export function sealedSecretsOf(sql: Client, org: string, caseId: string): Promise<string[]> {
  return within(sql, org, async (tx) => {
    const rows = await tx<{ sha256: string }[]>`
      select sha256 from evidence where org = ${org} and "case" = ${caseId} and kind = 'sealed-secret' order by sha256`
    return rows.map((row) => row.sha256)
  })
}

/** Does the organisation have this message already? The case that does. */
export function caseOfMessage(
  sql: Client,
  org: string,
  key: string | null,
  fingerprints: readonly string[],
): Promise<string | null> {
  return within(sql, org, async (tx) => {
    const [row] = await tx<{ case: string }[]>`
      select "case" from case_message where org = ${org} and key = ${key}
      union all select "case" from case_secret where org = ${org} and fingerprint = any(${[...fingerprints]}) limit 1`
    return row?.case ?? null
  })
}
