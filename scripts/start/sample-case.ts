import { access, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { contentStore } from '../../db/content'
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
  const target = await prepareSampleTarget(database.embedded('postgres'), folders.sample)
  const deps = openDeps({
    url: urlAs('on_record_app', database.adminUrl, database.secret),
    origin: settings.url,
    policies: join(plan.home, 'policies'),
    connections: 2,
    name: 'on-record sample',
  })
  try {
    const fingerprintKey = (await readFile(join(folders.keys, 'fingerprint.key'), 'utf8')).trim()
    await closedCase(
      { ...deps, content: contentStore(folders.evidence), fingerprintKey },
      target.reportsPassword,
    )
    await writeFile(note, '')
  } catch (error) {
    if (!signal.aborted) tell(error)
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
