import { setTimeout as pause } from 'node:timers/promises'
import type { TaskList } from 'graphile-worker'
import { z } from 'zod'
import { keyRecord } from '../../db/keys/known'
import { ringKid } from '../../db/keys/live'
import { newApplicationKey } from '../../db/keys/make'
import { publicHalf } from '../../db/keys/public-half'
import { type KeyRing, keyRing } from '../../db/keys/ring'
import { wrapperOf } from '../../db/keys/wrapper'
import { within } from '../../db/within'
import { SIGNING, type Signing } from '../../lib/registry/key-event'
import { report, TryAgain, type Work } from './work'

const rotate = z.object({ org: z.string(), rotation: z.string(), purpose: z.enum(SIGNING) })
const retire = z.object({ org: z.string(), purpose: z.enum(SIGNING), id: z.string() })

/** What an order for a new key leads to. The application's private keys lie in a folder that this process and the web share; the log's do not. */
export function keyTasks(work: Work): TaskList {
  const { ON_RECORD_KEYS: folder } = work.environment
  const wrapper = wrapperOf(work.environment)
  if (!folder || !wrapper) return {}
  const ring = keyRing(folder, wrapper)
  return {
    'rotate-key': async (payload) => {
      const { org, rotation, purpose } = rotate.parse(payload)
      if (!(await isOpen(work, org, rotation))) return
      const made =
        purpose === 'log'
          ? await madeBySequencer(work, org, rotation)
          : await makeHere(work, org, purpose, ring)
      await report(work, org, {
        ...{ kind: 'registry', stream: 'registry', command: 'publishKeys' },
        input: { rotation, [purpose]: made },
        key: `rotate:${rotation}`,
      })
    },
    'retire-key': async (payload) => {
      const { org, purpose, id } = retire.parse(payload)
      const order = { kind: 'registry', stream: 'registry', command: 'retireKey' } as const
      await report(work, org, {
        ...order,
        input: { purpose, id },
        key: `retire:${purpose}:${id}`.slice(0, 200),
      })
      await destroyRetired(work, org, purpose, ring)
    },
  }
}

/** The queue may hand out an order again that was carried out a moment before. */
async function isOpen({ deps }: Work, org: string, rotation: string): Promise<boolean> {
  const { rotations } = await keyRecord(deps.sql, org)()
  return rotations.some((order) => order.rotation === rotation)
}

/** An attempt that was cut off has left a key that nobody published: that one is taken. */
async function makeHere(work: Work, org: string, purpose: Exclude<Signing, 'log'>, ring: KeyRing) {
  const { known } = await keyRecord(work.deps.sql, org)()
  const isPublished = (kid: string) => known.some((key) => key.purpose === purpose && ringKid(key) === kid)
  const left = ring.held(purpose).find(({ kid }) => !isPublished(kid))
  if (left) return publicHalf(purpose, left)
  const fresh = newApplicationKey(purpose)
  ring.add(fresh)
  return publicHalf(purpose, fresh)
}

const PATIENCE_MS = 20_000
const LOOK_MS = 200

/** The sequencer sees the order when it seals it, and leaves the public half in a table. */
async function madeBySequencer({ deps }: Work, org: string, rotation: string): Promise<{ vkey: string }> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await pause(LOOK_MS)) {
    const [made] = await within(
      deps.sql,
      org,
      (tx) => tx<{ vkey: string }[]>`select vkey from log_key where org = ${org} and rotation = ${rotation}`,
    )
    if (made) return made
  }
  throw new TryAgain('not_sealed')
}

/** What a retired key signs counts no more: there is no reason to keep its private half. */
async function destroyRetired({ deps }: Work, org: string, purpose: Signing, ring: KeyRing): Promise<void> {
  if (purpose === 'log') return
  const { known } = await keyRecord(deps.sql, org)()
  for (const key of known)
    if (key.purpose === purpose && key.retired !== null) ring.destroy(purpose, ringKid(key))
}
