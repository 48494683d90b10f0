import { EventEmitter } from 'node:events'
import type { Job, WorkerEvents } from 'graphile-worker'
import postgres, { type Sql } from 'postgres'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { migratedDatabase } from '../../db/migrated.test-support'
import { urlAs } from '../../db/roles'
import { SECRET } from '../../db/secret.test-support'
import { freeOrphanedJobs, inHand } from './orphaned-jobs'

const OWN = 'pool-living'
let admin: Sql
let queueUrl: string

beforeAll(async () => {
  const url = await migratedDatabase()
  queueUrl = urlAs('on_record_worker', url, SECRET)
  admin = postgres(url, { max: 1, onnotice: () => undefined })
})
afterAll(() => admin?.end())
afterEach(() => vi.useRealTimers())

/** A job that somebody took so many seconds ago. */
async function taken(by: string, seconds: number): Promise<string> {
  const [job] = await admin<{ id: string }[]>`
    with added as (select id from graphile_worker.add_job('clean-up', '{}'))
    select id::text as id from added`
  await admin`
    update graphile_worker._private_jobs
    set locked_by = ${by}, locked_at = now() - make_interval(secs => ${seconds}), attempts = 1 where id = ${job?.id ?? ''}`
  return job?.id ?? ''
}

/** Looks once, and says which jobs anybody may take now. */
async function freed(own: ReadonlySet<string>): Promise<string[]> {
  const before = new AbortController()
  const looking = freeOrphanedJobs(queueUrl, OWN, own, before.signal)
  await vi.waitFor(
    async () =>
      expect(await admin`select 1 from graphile_worker.jobs where locked_at is null`).not.toEqual([]),
    10_000,
  )
  before.abort()
  await looking
  const free = await admin<{ id: string }[]>`
    select id::text as id from graphile_worker.jobs where locked_at is null order by id`
  return free.map(({ id }) => id)
}

describe('a job that nobody is doing', () => {
  it('is given out again: a dead worker’s at once, one’s own when it was lost on the way, and no other', async () => {
    const dead = await taken('pool-dead', 10)
    const lost = await taken(OWN, 120)
    const busy = await taken(OWN, 120)
    await taken('pool-dead', 1) // it may come back
    await taken(OWN, 10) // it may be on its way back
    expect(await freed(new Set([`${busy}/1`, `${lost}/0`]))).toEqual([dead, lost])
  })
})

describe('what a worker has in hand', () => {
  const job = (attempts: number) => ({ job: { id: '7', attempts } as Job }) as never

  it('is an attempt from its start until a minute after its end, however often the job is tried', () => {
    vi.useFakeTimers()
    const events: WorkerEvents = new EventEmitter()
    const own = inHand(events)
    events.emit('job:start', job(1))
    vi.advanceTimersByTime(3_600_000)
    events.emit('job:complete', job(1))
    events.emit('job:start', job(2))
    expect([...own]).toEqual(['7/1', '7/2'])
    vi.advanceTimersByTime(60_000)
    expect([...own]).toEqual(['7/2'])
  })
})
