import type { Writing } from '@/lib/act/ledger'
import type { StreamKind } from '@/lib/act/spec'
import type { Case } from '@/lib/case/case'
import type { Nhi } from '@/lib/nhi/nhi'
import type { Registry } from '@/lib/registry/registry'
import { caseRows, type Rows } from './case-rows'
import { nhiRows } from './nhi-rows'
import { registryRows } from './registry-rows'

/** The rows that follow from a page; a stream's kind says what its state is. */
export function rowsOf({ actor, kind, stream, from, events, at, before, state }: Writing): Rows {
  const version = from + events.length
  return streamRows(kind, actor.org, stream, state, version, at, from === 0 ? null : before)
}

/** With `before`, only what has changed; without, everything (a new stream, or a rebuild). */
export function streamRows(
  kind: StreamKind,
  org: string,
  id: string,
  state: unknown,
  version: number,
  at: string,
  before: unknown,
): Rows {
  switch (kind) {
    case 'case':
      return caseRows(org, state as Case, version, at, before as Case | null)
    case 'nhi':
      return nhiRows(org, id, state as Nhi)
    case 'registry':
      return registryRows(org, state as Registry, before as Registry | null)
  }
}
