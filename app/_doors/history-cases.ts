import { type CasesFound, casesInHistory, LOOKED_THROUGH } from '@/db/queries/cases-in-history'
import type { HistoryWanted } from '@/lib/act/history-filter'
import { type Refusal, refuse } from '@/lib/act/refusal'
import type { Asked } from './door'

/** The cases behind a history: all of them, or a refusal. */
export async function casesBehind(
  { doors, actor }: Pick<Asked, 'doors' | 'actor'>,
  wanted: HistoryWanted,
): Promise<CasesFound | Refusal> {
  const found = await casesInHistory(doors.reader, actor, wanted)
  return (
    found ??
    refuse(
      'invalid',
      `More than ${LOOKED_THROUGH.toLocaleString('en')} entries would have to be looked through.`,
      'Choose a shorter time or another filter; or export a period, or the whole record.',
      { field: 'filter' },
    )
  )
}
