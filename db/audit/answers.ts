import { and, asc, eq } from 'drizzle-orm'
import { answersTo } from '@/lib/audit/answers'
import type { Recorded } from '@/lib/audit/recorded'
import type { AnswersView } from '@/lib/audit/view'
import type { Stage } from '@/lib/case/event'
import type { Actor } from '@/lib/identity/actor'
import { correctorsIn } from '@/lib/telling/corrections'
import { namesFor } from '../queries/names'
import { withRedactions } from '../queries/read-back'
import { dataOf, type EventRow, entryOf, eventColumns, inLog } from '../queries/timeline'
import type { Reader } from '../reading'
import { caseFile, event, logEntry } from '../schema'

/** The four questions about an action, answered from the case's events; null when there is no such case or action. */
export function readAnswers(
  reader: Reader,
  viewer: Actor,
  id: string,
  request: string,
): Promise<AnswersView | null> {
  return reader.read(viewer, async (reading) => {
    const [[about], rows] = await Promise.all([
      reading
        .select({ number: caseFile.number, title: caseFile.title, stage: caseFile.stage })
        .from(caseFile)
        .where(and(eq(caseFile.org, viewer.org), eq(caseFile.id, id))),
      reading
        .select(eventColumns)
        .from(event)
        .leftJoin(logEntry, inLog)
        .where(and(eq(event.org, viewer.org), eq(event.stream, id)))
        .orderBy(asc(event.seq)),
    ])
    if (!about) return null
    const recorded = rows.map(recordedOf)
    const silent = answersTo(recorded, request, (each) => each)
    if (!silent) return null
    const parties = silent.answers.flatMap((each) =>
      each.parties.flatMap((party) => [party.id, party.answers]),
    )
    const { action } = silent
    const ids = [...parties, action.executor, action.target.nhi, ...recorded.map(({ actor }) => actor)]
    const names = await namesFor(reading, ids)
    const told = answersTo(recorded, request, (each) => names(each).name) ?? silent
    const shown = new Set(told.events)
    const read = withRedactions(rows)
    const correctors = correctorsIn(
      read.map(({ row, redaction }) => ({ ...row, data: dataOf(row, redaction) })),
    )
    return {
      ...told,
      case: { id, ...about, stage: about.stage as Stage },
      who: [...new Set(ids.flatMap((each) => each ?? []))].map(names),
      events: rows
        .filter(({ seq }) => shown.has(seq))
        .map((row) => ({ ...entryOf(row, names), corrected_by: correctors(row.seq) })),
    }
  })
}

function recordedOf(row: EventRow): Recorded {
  const { stream, seq, type, at, actor, hash, envelope } = row
  return { stream, seq, type, at, actor, hash, envelope }
}
