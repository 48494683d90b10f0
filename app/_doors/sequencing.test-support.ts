import { randomBytes } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onlyKey } from '@/db/database.test-support'
import { urlAs } from '@/db/roles'
import { SECRET } from '@/db/secret.test-support'
import { runSequencer } from '@/db/sequencer'
import { runWitnessing } from '@/db/witnesses/witnessing'

/** A sequencer for this test's database; what it answers stops it. */
export async function startSequencer(
  adminUrl: string,
  seed = new Uint8Array(randomBytes(32)),
): Promise<() => Promise<void>> {
  const keptFolder = await mkdtemp(join(tmpdir(), 'on-record-kept-'))
  const stopping = new AbortController()
  const settings = {
    url: urlAs('on_record_sequencer', adminUrl, SECRET),
    keys: onlyKey(seed),
    keptFolder,
    report: () => undefined,
  }
  const running = runSequencer(settings, stopping.signal)
  return async () => {
    stopping.abort()
    await running
  }
}

/** What shows this database's checkpoints to witnesses; what it answers stops it. */
export function startWitnessing(adminUrl: string): () => Promise<void> {
  const stopping = new AbortController()
  const url = urlAs('on_record_sequencer', adminUrl, SECRET)
  const running = runWitnessing({ url, lateAfter: 60, report: () => undefined }, stopping.signal)
  return () => {
    stopping.abort()
    return running
  }
}

/** Asks until it is so. */
export async function until<T>(
  ask: () => Promise<T>,
  so: (value: T) => boolean,
  patience = 10_000,
): Promise<T> {
  const end = Date.now() + patience
  for (;;) {
    const value = await ask()
    if (so(value)) return value
    if (Date.now() > end)
      throw new Error(`not so within ${patience} ms: ${JSON.stringify(value).slice(0, 300)}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
