import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import { postgresConnector } from '../../lib/connect/postgres/connector'
import { registry } from '../../lib/connect/registry'
import { problem } from '../../lib/connect/scrub'
import { breaker } from './breaker'
import type { Config } from './config'
import { door as openDoor } from './door'
import { execute, type Next, settle, type ToExecute, type Tools } from './execution'
import { openJournal } from './journal'
import { planFor, probeFor, type ToPlan, type ToProbe } from './planning'
import { follow } from './stream'
import { waiting } from './waiting'
import { warrantChecker } from './warrants'

type Item = ({ kind: 'plan' } & ToPlan) | ({ kind: 'execute' } & ToExecute) | ({ kind: 'probe' } & ToProbe)

const AT_ONCE = 4

/** Runs until the signal is aborted, and then finishes what it has begun. */
export async function runExecutor(config: Config, log: Logger, signal: AbortSignal): Promise<void> {
  const door = openDoor(config)
  const journal = await openJournal(join(config.folder, 'journal.ndjson'))
  const connectors = registry(config.connectors.map(postgresConnector))
  const seen = (jti: string) => journal.open().some(({ taken }) => taken.jti === jti)
  const check = warrantChecker(door, config, seen)
  const tools: Tools & { encKey: Config['encKey'] } = {
    door,
    journal,
    connectors,
    breaker: breaker(Date.now),
    check,
    log,
    encKey: config.encKey,
  }
  const queue = waiting(Date.now)
  const busy = new Map<string, Promise<void>>()
  const ended = new Map<string, number>()

  /** One at a time per action. What fails is tried again later and later, except for effects: those are never tried again. */
  function begin(key: string, run: () => Promise<Next>): void {
    if (busy.has(key) || busy.size >= AT_ONCE || !queue.isDue(key)) return
    const running = run()
      .then((next) => queue.put(key, next))
      .catch((error) => {
        log.warn({ key, ...problem(error) }, 'to be tried again')
        queue.put(key, 'later')
      })
      .finally(() => {
        busy.delete(key)
        ended.set(key, Date.now())
        queue.wake()
      })
    busy.set(key, running)
  }

  async function round(): Promise<void> {
    for (const entry of journal.open()) begin(entry.taken.request, () => settle(tools, entry))
    const asked = Date.now()
    const answer = await door.get<{ work: Item[] }>('/api/v1/executor/work')
    if (!answer.ok) return log.warn({ code: answer.code }, 'no work was given')
    const owing = new Set(journal.open().map(({ taken }) => taken.request))
    queue.keep(new Set([...owing, ...busy.keys(), ...answer.body.work.map(({ request }) => request)]))
    for (const item of answer.body.work) {
      // What ended while we asked was on the list only because it had not ended yet.
      const stale = (ended.get(item.request) ?? 0) >= asked
      const owed = item.kind === 'execute' && owing.has(item.request)
      if (!owed && !stale) begin(item.request, () => carryOn(tools, item))
    }
    for (const [key, at] of ended) if (at < asked) ended.delete(key)
  }

  /** At start and every minute: roles of warrants that a crash has left in a target and that have expired. */
  async function tidy(): Promise<void> {
    for (const connector of connectors.values())
      await connector
        .tidy()
        .catch((error) => log.warn({ connector: connector.name, ...problem(error) }, 'not tidied'))
  }

  const following = follow(door, (event) => queue.heard(event), signal)
  const tidying = setInterval(() => void tidy(), 60_000)
  await tidy()
  log.info(
    { nhi: config.nhi, connectors: [...connectors.keys()], owing: journal.open().length },
    'executor ready',
  )
  while (!signal.aborted) {
    await round().catch((error) => log.warn(problem(error), 'On Record does not answer'))
    await queue.next(config.pollSeconds * 1_000, signal)
  }
  log.info({ busy: busy.size }, 'executor stopping')
  clearInterval(tidying)
  await Promise.race([Promise.all(busy.values()), pause(60_000)])
  await following
}

async function carryOn(tools: Tools & { encKey: Config['encKey'] }, item: Item): Promise<Next> {
  switch (item.kind) {
    case 'plan':
      return planFor(tools, item)
    case 'probe':
      return probeFor(tools, item)
    case 'execute': {
      const next = await execute(tools, item)
      if (next !== 'done') return next
      const entry = tools.journal.open().find(({ taken }) => taken.request === item.request)
      return entry ? settle(tools, entry) : 'done'
    }
  }
}
