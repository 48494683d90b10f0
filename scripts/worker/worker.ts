import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import { parseCronItems, Logger as QueueLogger, run, type TaskList, type WorkerEvents } from 'graphile-worker'
import type { Logger } from 'pino'
import { openDeps } from '../../db/deps'
import { home } from '../home'
import { anchorCron, anchorTasks } from './anchor-tasks'
import { chatTasks } from './chat-tasks'
import { cleanUp } from './clean-up'
import { checkClock } from './clock'
import { erasureTasks } from './erasure-tasks'
import { type Exports, exportsOf } from './exports'
import { keyTasks } from './key-tasks'
import { lateTasks } from './late-tasks'
import { freeOrphanedJobs, inHand } from './orphaned-jobs'
import { ruleTasks } from './rule-tasks'
import type { Work } from './work'

export type WorkerSettings = {
  /** Address as the role on_record_worker: the queue. */
  readonly queueUrl: string
  /** Address as the role on_record_app: what the tasks do. */
  readonly appUrl: string
  readonly origin: string
  readonly org: string
  readonly environment: Readonly<Record<string, string | undefined>>
}

const AT_ONCE = 4
/** Connections for exports, each of which reads a page at a time. */
const FOR_EXPORTS = 3
/** Unfinished work is handed back to the queue after this long. */
const GRACE_MS = 8_000

/** Does what commands have left in the queue until the signal is aborted; then finishes or hands back what it has begun. */
export async function runWorker(settings: WorkerSettings, log: Logger, signal: AbortSignal): Promise<void> {
  const { appUrl, origin, queueUrl } = settings
  const deps = openDeps({
    url: appUrl,
    origin,
    policies: join(home(), 'policies'),
    connections: AT_ONCE + FOR_EXPORTS,
    name: 'on-record worker',
  })
  const work: Work = { deps, log, ...settings }
  const exports = exportsOf(work, `worker ${process.pid} ${randomUUID().slice(0, 8)}`)
  const events: WorkerEvents = new EventEmitter()
  const orphans = new AbortController()
  let freeing: Promise<void> | null = null
  events.once('pool:create', ({ workerPool }) => {
    freeing = freeOrphanedJobs(queueUrl, workerPool.id, inHand(events), orphans.signal)
  })
  try {
    const runner = await run({
      connectionString: queueUrl,
      events,
      concurrency: AT_ONCE,
      noHandleSignals: true,
      pollInterval: 1_000,
      taskList: tasks(work, exports),
      parsedCronItems: parseCronItems([
        { task: 'clean-up', match: '23 * * * *' },
        { task: 'clock', match: '* * * * *' },
        { task: 'erase-by-rule', match: '41 2 * * *' },
        ...anchorCron(settings),
      ]),
      logger: quiet,
      preset: { worker: { gracefulShutdownAbortTimeout: GRACE_MS } },
    })
    runner.events.on('job:error', ({ job, error }) =>
      log.warn({ ...about(job), attempt: job.attempts, error: nameOf(error) }, 'to be tried again'),
    )
    runner.events.on('job:failed', ({ job, error }) =>
      log.error({ ...about(job), error: nameOf(error) }, 'given up'),
    )
    runner.events.on('job:success', ({ job }) => log.info(about(job), 'done'))
    log.info('worker ready')
    const stop = () => void runner.stop().catch(() => undefined)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
    await Promise.all([runner.promise, exports?.run(signal)])
  } finally {
    orphans.abort()
    await Promise.all([deps.sql.end({ timeout: 5 }), freeing])
  }
}

function tasks(work: Work, exports: Exports | null): TaskList {
  const tidy = async () => {
    await cleanUp(work)
    await exports?.cleanUp()
  }
  const byRule = {
    ...ruleTasks(work),
    ...lateTasks(work),
    ...keyTasks(work),
    ...anchorTasks(work),
    ...erasureTasks(work),
  }
  const byTime = { 'clean-up': tidy, clock: () => checkClock(work) }
  return { ...byRule, ...chatTasks(work), ...exports?.tasks, ...byTime }
}

/** The queue's own lines may hold what an error says, and so a parameter or a message's text: ours name ids alone. */
const quiet = new QueueLogger(() => () => undefined)

function about(job: { id: string; task_identifier: string }): { job: string; task: string } {
  return { job: job.id, task: job.task_identifier }
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name
}
