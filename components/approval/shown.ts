'use client'

import { useQuery } from '@tanstack/react-query'
import type { StatementView } from '@/lib/act/view/action'
import { toHex } from '@/lib/record/bytes'
import { jcs } from '@/lib/record/canonical'
import type { Decision } from './query'

/**
 * Whether the bytes that will be signed say what this page shows; else which part differs. The server could show one change and
 * have another signed: the browser computes the digest of what it shows (RFC 8785, SHA-256) and compares, before anything can be signed.
 * `undefined` until it is known.
 */
export function useMismatch(view: StatementView): string | null | undefined {
  return useQuery({
    queryKey: ['approval-shown', view.statement, view.action],
    queryFn: () => mismatch(view, view.statement, 'approve'),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  }).data
}

/** `statement` is what will be signed for this `decision`: of an approval the one that the view brought, of an emergency one of its own. */
export async function mismatch(
  { action }: StatementView,
  statement: string,
  decision: Decision,
): Promise<string | null> {
  const said: unknown = JSON.parse(statement)
  if (typeof said !== 'object' || said === null) return 'the statement'
  const shown: Record<string, unknown> = {
    action_digest: await digestOf(action.action),
    case: action.action.case,
    decision,
    executor: action.executor.id,
    request: action.request,
    requester: action.requester.id,
    revision: action.revision,
  }
  const fields = said as Readonly<Record<string, unknown>>
  return Object.keys(shown).find((field) => fields[field] !== shown[field]) ?? null
}

async function digestOf(action: unknown): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(jcs(action)))
  return `sha256:${toHex(new Uint8Array(digest))}`
}
