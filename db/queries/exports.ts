import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { ExportView } from '@/lib/act/view/export'
import type { Actor } from '@/lib/identity/actor'
import type { Asked, JobStatus } from '../export/job'
import { problemWords } from '../export/problem-words'
import { type Reader, type Reading, utc, utcOrNull } from '../reading'
import { caseFile, exportJob } from '../schema'
import { after, type Cursor, cursorOf } from './cursor'
import { namesFor } from './names'

const PAGE = 50

/** What an export is, whoever looks; what one may do with it is the door's to add. */
export type ExportRow = Omit<ExportView, 'may'>

/** Exports, the last one first. */
export function listExports(
  reader: Reader,
  viewer: Actor,
  cursor: Cursor | null,
): Promise<{ rows: ExportRow[]; next: string | null }> {
  return reader.read(viewer, async (reading) => {
    const older = cursor ? after(exportJob.requestedAt, exportJob.id, cursor) : undefined
    const found = await rowsWhere(reading, viewer, older, PAGE + 1)
    const rows = found.slice(0, PAGE)
    const last = found.length > PAGE ? rows.at(-1) : undefined
    return { rows, next: last ? cursorOf(last.requested_at, last.id) : null }
  })
}

export function readExport(reader: Reader, viewer: Actor, id: string): Promise<ExportRow | null> {
  return reader.read(viewer, async (reading) => {
    const [row] = await rowsWhere(reading, viewer, eq(exportJob.id, id), 1)
    return row ?? null
  })
}

/** How many exports are waiting or being written. */
export function countUnfinished(reader: Reader, viewer: Actor): Promise<number> {
  return reader.read(viewer, async (reading) => {
    const [row] = await reading
      .select({ count: sql<number>`count(*)::int` })
      .from(exportJob)
      .where(and(eq(exportJob.org, viewer.org), sql`${exportJob.status} in ('waiting', 'writing')`))
    return row?.count ?? 0
  })
}

async function rowsWhere(
  reading: Reading,
  { org }: Actor,
  where: SQL | undefined,
  most: number,
): Promise<ExportRow[]> {
  const found = await reading
    .select({
      id: exportJob.id,
      asked: sql<Asked>`${exportJob.asked}`,
      by: exportJob.requestedBy,
      requested_at: utc(exportJob.requestedAt),
      status: sql<JobStatus>`${exportJob.status}`,
      step: exportJob.step,
      attempts: exportJob.attempts,
      eventsDone: exportJob.eventsDone,
      eventsTotal: exportJob.eventsTotal,
      bytesDone: exportJob.bytesDone,
      bytesTotal: exportJob.bytesTotal,
      fileBytes: exportJob.fileBytes,
      sha256: exportJob.sha256,
      problem: exportJob.problem,
      finished_at: utcOrNull(exportJob.finishedAt),
      expires_at: utcOrNull(exportJob.expiresAt),
      case: caseFile.id,
      number: caseFile.number,
      title: caseFile.title,
    })
    .from(exportJob)
    .leftJoin(caseFile, and(eq(caseFile.org, exportJob.org), eq(caseFile.id, exportJob.stream)))
    .where(and(eq(exportJob.org, org), where))
    .orderBy(desc(exportJob.requestedAt), desc(exportJob.id))
    .limit(most)
  const names = await namesFor(
    reading,
    found.map(({ by }) => by),
  )
  return found.map((row) => {
    const { asked, status, sha256, fileBytes, number, title } = row
    const about = row.case && number !== null && title !== null ? { id: row.case, number, title } : null
    const name = `${about ? `case-${about.number}` : asked.scope}-${row.requested_at.slice(0, 10)}.zip`
    return {
      id: row.id,
      scope: asked.scope,
      case: about,
      filter: asked.filter ?? null,
      streams: asked.streams ?? null,
      from: asked.from ?? null,
      to: asked.to ?? null,
      purpose: asked.purpose,
      who: names(row.by),
      requested_at: row.requested_at,
      status,
      step: row.step,
      interrupted: status === 'writing' ? Math.max(0, row.attempts - 1) : 0,
      events: { done: row.eventsDone, total: row.eventsTotal },
      bytes: { done: row.bytesDone, total: row.bytesTotal },
      file: sha256 && fileBytes !== null ? { name, bytes: fileBytes, sha256 } : null,
      problem: row.problem ? { code: row.problem, ...problemWords(row.problem) } : null,
      finished_at: row.finished_at,
      expires_at: row.expires_at,
    }
  })
}
