import type { Client } from '../client'
import { within } from '../within'

export type JobStatus = 'waiting' | 'writing' | 'done' | 'failed' | 'cancelled' | 'expired'

/** What the export's event says. */
export type Asked = {
  readonly export: string
  readonly scope: 'case' | 'cases' | 'period' | 'everything'
  readonly purpose: string
  readonly filter?: string | null
  readonly streams?: number | null
  readonly streams_sha256?: string | null
  readonly from?: string | null
  readonly to?: string | null
  readonly first?: number | null
  readonly last?: number | null
}

/** An export as it stands: asked for on the record, at `stream` and `seq`; `size` is its checkpoint's, once that is chosen. */
export type Job = {
  readonly id: string
  readonly stream: string
  readonly seq: number
  readonly asked: Asked
  readonly status: JobStatus
  readonly attempts: number
  readonly size: number | null
  readonly checkpoint: string | null
}

/**
 * Begins to keep track of an export that the record has: for any writer to take, or as `writer`'s own. Repeating it changes
 * nothing. Null when that event is none.
 */
export async function openJob(
  sql: Client,
  org: string,
  stream: string,
  seq: number,
  writer: string | null = null,
): Promise<string | null> {
  return within(sql, org, async (tx) => {
    const [found] = await tx<{ id: string | null }[]>`
      select convert_from(body, 'UTF8')::jsonb #>> '{data,export}' as id from event
      where org = ${org} and stream = ${stream} and seq = ${seq} and type in ('case.exported', 'record.exported')`
    if (!found?.id) return null
    await tx`
      insert into export_job (org, id, stream, seq, asked, requested_by, requested_at, status, writer, beat_at, attempts)
      select org, ${found.id}, stream, seq, convert_from(body, 'UTF8')::jsonb -> 'data', actor, at,
        ${writer === null ? 'waiting' : 'writing'}, ${writer}, now(), ${writer === null ? 0 : 1} from event
      where org = ${org} and stream = ${stream} and seq = ${seq} on conflict do nothing`
    if (stream !== 'registry')
      await tx`insert into export_stream values (${org}, ${found.id}, ${stream}) on conflict do nothing`
    return found.id
  })
}

export async function readJob(sql: Client, org: string, id: string): Promise<Job | null> {
  const [job] = await within(
    sql,
    org,
    (tx) => tx<Job[]>`
      select id, stream, seq, asked, status, attempts, size::float8 as size, checkpoint from export_job
      where org = ${org} and id = ${id}`,
  )
  return job ?? null
}

/** A writer that has been silent for so long is taken for dead, and another one starts the file again. */
const SILENT_SECONDS = 15
/** A file that keeps killing its writer is given up. */
const ATTEMPTS = 5

/** Takes the oldest export that nobody writes. Null when there is none. */
export async function claimJob(sql: Client, org: string, writer: string): Promise<Job | null> {
  return within(sql, org, async (tx) => {
    await tx`
      update export_job set status = 'failed', problem = 'interrupted', finished_at = now(), writer = null
      where org = ${org} and status = 'writing' and attempts >= ${ATTEMPTS} and beat_at < now() - make_interval(secs => ${SILENT_SECONDS})`
    const [job] = await tx<Job[]>`
      update export_job set status = 'writing', writer = ${writer}, beat_at = now(), attempts = attempts + 1,
        events_done = 0, bytes_done = 0, step = 'sealing', problem = null
      where org = ${org} and id = (
        select id from export_job where org = ${org}
          and (status = 'waiting' or (status = 'writing' and beat_at < now() - make_interval(secs => ${SILENT_SECONDS})))
        order by requested_at, id limit 1 for update skip locked)
      returning id, stream, seq, asked, status, attempts, size::float8 as size, checkpoint`
    return job ?? null
  })
}

export type Progress = { step: string; events: number; bytes: number }
export type Totals = { readonly events: number; readonly bytes: number }

/** Says that the writer lives and how far it is; answers whether the export is still this writer's. */
export async function beat(
  sql: Client,
  org: string,
  id: string,
  writer: string,
  { step, events, bytes }: Progress,
): Promise<boolean> {
  const updated = await within(
    sql,
    org,
    (tx) => tx`
      update export_job set beat_at = now(), step = ${step}, events_done = ${Math.floor(events)}, bytes_done = ${bytes}
      where org = ${org} and id = ${id} and status = 'writing' and writer = ${writer}`,
  )
  return updated.count === 1
}

export async function setTotals(sql: Client, org: string, id: string, totals: Totals): Promise<void> {
  await within(
    sql,
    org,
    (tx) => tx`
      update export_job set events_total = ${totals.events}, bytes_total = ${totals.bytes} where org = ${org} and id = ${id}`,
  )
}

/** Files are kept for so long; then they are deleted, and can be written again. */
const KEPT_DAYS = 7

export type Finished = { readonly bytes: number; readonly sha256: string }

/** The file is whole and in its place. False when the export was cancelled meanwhile. */
export async function finishJob(
  sql: Client,
  org: string,
  id: string,
  writer: string,
  file: Finished | null,
): Promise<boolean> {
  const updated = await within(
    sql,
    org,
    (tx) => tx`
      update export_job set status = 'done', writer = null, step = null, finished_at = now(),
        events_done = events_total, bytes_done = bytes_total, file_bytes = ${file?.bytes ?? null}, sha256 = ${file?.sha256 ?? null},
        expires_at = ${file ? KEPT_DAYS : null} * interval '1 day' + now()
      where org = ${org} and id = ${id} and status = 'writing' and writer = ${writer}`,
  )
  return updated.count === 1
}

/** Gives an export back: to be begun again by the next writer, or as failed for a reason that a person can read. */
export async function yieldJob(
  sql: Client,
  org: string,
  id: string,
  writer: string,
  problem: string | null,
): Promise<void> {
  await within(
    sql,
    org,
    (tx) => tx`
      update export_job set writer = null, step = null, problem = ${problem},
        status = case when ${problem}::text is null then 'waiting' else 'failed' end,
        attempts = case when ${problem}::text is null then attempts - 1 else attempts end,
        finished_at = case when ${problem}::text is null then null else now() end
      where org = ${org} and id = ${id} and status = 'writing' and writer = ${writer}`,
  )
}

/**
 * Moves an export on from one of the statuses that are named. False when it is in another one. To write it again, a head is chosen anew: the
 * key that signs may be another one by now, and must have been published in what is shown.
 */
export async function moveJob(
  sql: Client,
  org: string,
  id: string,
  from: readonly JobStatus[],
  to: 'cancelled' | 'waiting' | 'expired',
): Promise<boolean> {
  const updated = await within(
    sql,
    org,
    (tx) => tx`
      update export_job set status = ${to}, writer = null, step = null,
        finished_at = case when ${to} = 'cancelled' then now() when ${to} = 'waiting' then null else finished_at end,
        attempts = case when ${to} = 'waiting' then 0 else attempts end,
        sha256 = case when ${to} = 'waiting' then null else sha256 end,
        size = case when ${to} = 'waiting' then null else size end
      where org = ${org} and id = ${id} and status = any(${[...from]})`,
  )
  return updated.count === 1
}
