import type { Snapshot } from '@/lib/case/event'
import type { Client } from './client'
import { within } from './within'

/** A promotion that was begun and not sent: masked already. */
export type DraftContent = {
  readonly snapshot: Snapshot
  readonly secrets: readonly {
    readonly label: string
    readonly kind: string
    readonly fingerprint: string /** Where its sealed forms are kept. */
    readonly sealed: readonly Sealed[]
  }[]
  readonly message_key: string | null
  readonly suggested: {
    readonly title: string
    readonly category: string
    readonly severity: string | null
    readonly because: readonly string[]
  }
  /** The chat user who began it; null for somebody at the desk. */
  readonly by: {
    readonly platform: 'slack'
    readonly team: string
    readonly user: string
    readonly name: string
  } | null
}
/** A secret encrypted to one executor, as it lies in the content store. */
export type Sealed = { readonly sha256: string; readonly bytes: number; readonly executor: string }
export type Draft = { readonly id: string; readonly content: DraftContent; readonly case: string | null }

export async function keepDraft(sql: Client, org: string, id: string, content: DraftContent): Promise<void> {
  await within(sql, org, async (tx) => {
    await tx`insert into draft (org, id, content, created_at) values (${org}, ${id}, ${tx.json(content)}, now())`
  })
}

export function readDraft(sql: Client, org: string, id: string): Promise<Draft | null> {
  return within(sql, org, async (tx) => {
    const [row] = await tx<Draft[]>`select id, content, "case" from draft where org = ${org} and id = ${id}`
    return row ?? null
  })
}

/** The draft led to this case. */
export async function finishDraft(sql: Client, org: string, id: string, caseId: string): Promise<void> {
  await within(sql, org, async (tx) => {
    await tx`update draft set "case" = ${caseId} where org = ${org} and id = ${id}`
  })
}
