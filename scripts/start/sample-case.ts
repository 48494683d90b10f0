import { access, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { contentStore } from '../../db/content/store'
import { openDeps } from '../../db/deps'
import { urlAs } from '../../db/roles'
import { closedCase } from '../../db/seed/closed-case'
import { prepareSampleTarget } from '../sample-target/prepare'
import type { Plan } from './programs'

/**
 * The sample's closed case is worked for real, by the executor that has just been started: nobody has to wait for it. Where it
 * was interrupted it goes on at the next start. A failure is told, and costs nobody more than the example.
 */
export async function workSampleCase(plan: Plan, signal: AbortSignal): Promise<void> {
  const { settings, folders, database } = plan
  const note = join(folders.postgres, 'sample-case-is-closed')
  if (settings.mode !== 'local' || !database.embedded || (await exists(note))) return
  for (let attempt = 1; attempt <= ATTEMPTS && !signal.aborted; attempt += 1) {
    try {
      const target = await prepareSampleTarget(database.embedded('postgres'), folders.sample)
      await work(plan, target.reportsPassword)
      return await writeFile(note, '')
    } catch (error) {
      if (!signal.aborted) tell(error)
      await pause(PAUSE_MS, undefined, { signal }).catch(() => undefined)
    }
  }
}

const ATTEMPTS = 3
const PAUSE_MS = 5_000

async function work(
  { settings, folders, database, home, rings }: Plan,
  leakedPassword: string,
): Promise<void> {
  const deps = openDeps({
    url: urlAs('on_record_app', database.adminUrl, database.secret),
    origin: settings.url,
    policies: join(home, 'policies'),
    connections: 2,
    name: 'on-record sample',
  })
  try {
    const fingerprintKey = rings.application.held('fingerprint')[0]?.text ?? ''
    await closedCase(
      { ...deps, content: contentStore(deps.sql, folders.evidence), fingerprintKey },
      leakedPassword,
    )
  } finally {
    await deps.sql.end({ timeout: 1 })
  }
}

function tell(error: unknown): void {
  const reason = error instanceof Error ? error.message : 'unknown'
  const line = {
    time: new Date().toISOString(),
    level: 'error',
    name: 'start',
    msg: 'the sample case was not finished',
    reason,
  }
  process.stderr.write(`${JSON.stringify(line)}\n`)
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
