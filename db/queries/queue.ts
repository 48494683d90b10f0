import { and, eq, sql } from 'drizzle-orm'
import type { Queue, QueueStage } from '@/lib/act/view/case'
import { STAGES, type Stage } from '@/lib/case/event'
import type { Actor } from '@/lib/identity/actor'
import { type Reader, utc } from '../reading'
import { caseFile } from '../schema'

const WALK = STAGES.filter((stage): stage is Exclude<Stage, 'closed'> => stage !== 'closed')

/** How long ago a case came where it is: 0 within a day, 1 within three, 2 within a week, 3 before. */
const AGE = sql<number>`width_bucket(greatest(0, extract(epoch from now() - ${caseFile.stageAt}))::float8, array[0, 86400, 259200, 604800]::float8[]) - 1`

/** The open cases by stage and age: one pass over them, so it is asked for now and then and not with every list. */
export function readQueue(reader: Reader, viewer: Actor): Promise<Queue> {
  return reader.read(viewer, async (reading) => {
    const rows = await reading
      .select({
        stage: caseFile.stage,
        age: AGE,
        cases: sql<number>`count(*)::int`,
        overdue: sql<number>`(count(*) filter (where ${caseFile.due} < now()))::int`,
        oldest: utc(sql`min(${caseFile.stageAt})`),
        at: utc(sql`now()`),
      })
      .from(caseFile)
      .where(and(eq(caseFile.org, viewer.org), sql`${caseFile.open}`))
      .groupBy(caseFile.stage, AGE)
    const stages = WALK.map((stage) =>
      together(
        stage,
        rows.filter((row) => row.stage === stage),
      ),
    )
    return { at: rows[0]?.at ?? new Date().toISOString(), stages }
  })
}

type Row = { age: number; cases: number; overdue: number; oldest: string }

function together(stage: QueueStage['stage'], rows: readonly Row[]): QueueStage {
  const within = (age: number) => rows.find((row) => row.age === age)?.cases ?? 0
  return {
    stage,
    cases: rows.reduce((sum, { cases }) => sum + cases, 0),
    overdue: rows.reduce((sum, { overdue }) => sum + overdue, 0),
    oldest: rows.map(({ oldest }) => oldest).sort()[0] ?? null,
    ages: [within(0), within(1), within(2), within(3)],
  }
}
