import type { Refusal } from '@/lib/act/refusal'
import type { CaseRow } from '@/lib/act/view/case'
import { refusalOf } from '../api'

export type Outcome = { readonly row: CaseRow; readonly refusal: Refusal | null }

/**
 * The same for each of these cases, one after the other, each as a command of its own: what the rules say no to stays as it was, with
 * its reason, and holds up nothing else. `told` hears of each as soon as it is through.
 */
export async function forEach(
  rows: readonly CaseRow[],
  send: (row: CaseRow) => Promise<unknown>,
  told: (outcomes: readonly Outcome[]) => void,
): Promise<readonly Outcome[]> {
  let outcomes: readonly Outcome[] = []
  for (const row of rows) {
    const refusal = await send(row).then(() => null, refusalOf)
    outcomes = [...outcomes, { row, refusal }]
    told(outcomes)
  }
  return outcomes
}

export function toggledIn(selected: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return new Set(selected.has(id) ? [...selected].filter((one) => one !== id) : [...selected, id])
}
