import { perform } from '@/lib/act/perform'
import { isRefusal } from '@/lib/act/refusal'
import type { Actor } from '@/lib/identity/actor'
import { parseCheckpoint } from '@/lib/record/checkpoint'
import { parseNote, parseVkey } from '@/lib/record/note'
import type { Registry } from '@/lib/registry/registry'
import type { Client } from '../client'
import type { Performing } from '../deps'
import { readRegistry } from '../settings'
import { within } from '../within'
import type { Kept } from './kept'
import { publishedCheckpoint } from './published'
import { restartLog } from './restart'

export type NewOrigin = {
  readonly deps: Performing
  /** As the owner of the tables. */
  readonly owner: Client
  readonly actor: Actor
  readonly kept: Kept
  /** The log key's verifier key under an origin. */
  readonly vkeyOf: (origin: string) => string
  /** Null: the old one with the next number. */
  readonly origin: string | null
  readonly reason: string
}

type Told = { readonly origin: string; readonly vkey: string; readonly size: number; readonly held: number }

/**
 * Starts a log anew. May be run again after a crash at any point: what is on record is not said twice, and what was set aside is
 * not looked for.
 * @throws Error with a sentence
 */
export async function newOrigin(asked: NewOrigin): Promise<Told & { readonly waiting: number }> {
  const { owner, actor, kept } = asked
  const told = (await begun(asked)) ?? (await tell(asked))
  const { waiting } = await restartLog(owner, actor.org)
  const old = await kept.read(actor.org)
  if (old !== null && originOf(old) !== told.origin) await kept.retire(actor.org, told.size)
  return { ...told, waiting }
}

/** What was said already by a run that did not come to its end. */
async function begun({ deps, actor }: NewOrigin): Promise<Told | null> {
  const state = await registryOf(deps, actor.org)
  const last = await publishedCheckpoint(deps.sql, actor.org)
  if (last === null || originOf(last) === state.origin) return null
  const [event] = await within(
    deps.sql,
    actor.org,
    (tx) => tx<{ data: { size: number; held: number } }[]>`
      select convert_from(body, 'UTF8')::jsonb -> 'data' as data from event
      where org = ${actor.org} and stream = 'registry' and type = 'log.restarted' order by seq desc limit 1`,
  )
  const vkey = state.log_keys.findLast((key) => parseVkey(key).name === state.origin)
  return event && vkey ? { origin: state.origin, vkey, size: event.data.size, held: event.data.held } : null
}

async function tell({ deps, actor, kept, vkeyOf, origin, reason }: NewOrigin): Promise<Told> {
  const state = await registryOf(deps, actor.org)
  const published = await publishedCheckpoint(deps.sql, actor.org)
  const known = [published, await kept.read(actor.org)].filter((note) => note !== null)
  const checkpoint = known.reduce((best, note) => (sizeOf(note) > sizeOf(best) ? note : best), known[0] ?? '')
  if (checkpoint === '') throw new Error('No checkpoint of this log is known: there is nothing to continue.')
  const vkey = vkeyOf(origin ?? nextName(state))
  const [size, held] = [sizeOf(checkpoint), published === null ? 0 : sizeOf(published)]
  const outcome = await perform(deps, actor, {
    kind: 'registry',
    stream: 'registry',
    command: 'restartLog',
    input: { vkey, checkpoint, size, held, reason },
    key: deps.newId('restart'),
  })
  if (isRefusal(outcome)) throw new Error(`${outcome.sentence} ${outcome.remedy}`)
  return { origin: parseVkey(vkey).name, vkey, size, held }
}

async function registryOf({ sql }: Performing, org: string): Promise<Registry> {
  const page = await readRegistry(sql, org)
  if (!page) throw new Error(`There is no organisation ${org}.`)
  return page.state
}

/** localhost/log -> localhost/log/2 -> localhost/log/3 */
function nextName({ origin }: Registry): string {
  const [, name = origin, number = '1'] = /^(.*)\/(\d+)$/.exec(origin) ?? []
  return `${name}/${Number(number) + 1}`
}

function sizeOf(note: string): number {
  return parseCheckpoint(parseNote(note).text).size
}

function originOf(note: string): string {
  return parseCheckpoint(parseNote(note).text).origin
}
