import { join } from 'node:path'
import { type Replays, replays } from '@/db/audit/replays'
import { threadedReplays } from '@/db/audit/threaded'
import { contentStore } from '@/db/content/store'
import { openDeps } from '@/db/deps'
import { type LiveKeys, liveKeys } from '@/db/keys/live'
import type { Promoting } from '@/db/promotion/promoting'
import { type Reader, reader } from '@/db/reading'
import { sessionFinder } from '@/db/sessions'
import { type Settings, settings } from './settings'

/** What every door needs: put together once by each process. `sql` is for what doors keep themselves, `reader` for queries. */
export type Doors = Promoting & {
  readonly settings: Settings
  readonly reader: Reader
  readonly findSession: ReturnType<typeof sessionFinder>
  readonly keys: LiveKeys
  readonly replays: EndableReplays
}

type EndableReplays = Replays & { readonly end: () => Promise<void> }

const kept = globalThis as { onRecordDoors?: Doors }

export function doors(): Doors {
  kept.onRecordDoors ??= put(settings())
  return kept.onRecordDoors
}

/** Ends the connections; only tests and a process that stops need it. */
export async function closeDoors(): Promise<void> {
  const open = kept.onRecordDoors
  delete kept.onRecordDoors
  await Promise.all([open?.sql.end({ timeout: 5 }), open?.reader.end(), open?.replays.end()])
}

function put(from: Settings): Doors {
  const { databaseUrl: url, origin, home, pool } = from
  const deps = openDeps({
    url,
    origin,
    policies: join(home, 'policies'),
    connections: Math.ceil(pool * 0.6),
    name: 'on-record app',
  })
  const readers = reader(url, Math.ceil(pool * 0.4))
  return {
    ...deps,
    reader: readers,
    findSession: sessionFinder(deps.sql, from.idle),
    content: contentStore(deps.sql, from.data),
    fingerprintKey: from.keys.fingerprint,
    settings: from,
    keys: liveKeys(deps.sql, from.org, from.keys.ring),
    replays: from.programs
      ? threadedReplays(join(from.programs, 'replays.mjs'), { url, origin })
      : { ...replays({ reader: readers, sql: deps.sql, origin }), end: async () => undefined },
  }
}
