import { setTimeout as pause } from 'node:timers/promises'
import { keyRecord } from '../../db/keys/known'
import { perform } from '../../lib/act/perform'
import { isRefusal } from '../../lib/act/refusal'
import { SIGNING, type Signing } from '../../lib/registry/key-event'
import { type KnownKey, keyInUse } from '../../lib/registry/keys'
import { foldersIn, makeFolders } from '../start/folders'
import { fillRings } from '../start/key-rings'
import { publicKeys } from '../start/keys'
import { systemActor } from '../system'
import { type Installation, settingsOf, withInstallation } from './installation'
import { rewrapKeys } from './keys-rewrap'
import type { Answer, Command } from './main'
import { type Options, UsageError } from './options'

const HELP = `on-record keys [--json]
on-record keys list [--json]
on-record keys rotate <log | export | warrant | token> --reason <text> [--overlap-hours <n>] [--json]
on-record keys rewrap [--json]

Shows this installation's public keys: what an auditor pins. Private keys stay where they are. With "list", every key that was
ever published, and how long each is good. With "rotate", orders a new one: the process that holds the key makes it, and it is
published on the record, while everything runs (docs/keys.md). With "rewrap", encrypts the files of all private keys under another key:
the old one as at every start (ON_RECORD_KEY_ENCRYPTION_KEY or ON_RECORD_KMS_COMMAND), the new one in ON_RECORD_NEW_KEY_ENCRYPTION_KEY or
ON_RECORD_NEW_KMS_COMMAND. On Record has to be stopped. What was interrupted is finished by doing it again.

  --reason <text>       why; it becomes part of the record
  --overlap-hours <n>   how long the old key stays good; 0 if it may be in somebody else's hands
  --json                print {"log", "export", "warrant"}; the keys as a list; {"purpose", "id", "from", "replaces"}; {"anew", "already"}
  --help                this text
`

export const keysCommand: Command = {
  help: HELP,
  values: ['reason', 'overlap-hours'],
  words: 2,
  async run(options) {
    const [what, purpose] = options.words
    if (what === undefined) return pinned()
    if (what === 'list' && purpose === undefined) return withInstallation(list)
    if (what === 'rewrap' && purpose === undefined) return rewrapKeys()
    if (what !== 'rotate')
      throw new UsageError(`"${options.words.join(' ')}" is none of "list", "rotate <purpose>" and "rewrap".`)
    const order = orderOf(purpose, options)
    return withInstallation((installation) => rotate(installation, order))
  },
}

async function pinned(): Promise<Answer> {
  const settings = settingsOf()
  const folders = foldersIn(settings.data)
  await makeFolders(folders)
  const rings = await fillRings(folders, process.env, `${new URL(settings.url).hostname}/log`)
  const { log, export: exported, warrant } = publicKeys(rings)
  const text = [
    `log      ${log.vkey}`,
    `export   ${exported.key}`,
    `         ${exported.fingerprint}`,
    `warrant  ${warrant.kid} ${JSON.stringify(warrant.jwk)}`,
  ].join('\n')
  return { text, json: { log, export: exported, warrant } }
}

async function list({ deps, org }: Installation): Promise<Answer> {
  const { known } = await keyRecord(deps.sql, org)()
  const now = new Date().toISOString()
  const keys = known.map((key) => ({ ...key, in_use: keyInUse(known, key.purpose, now)?.id === key.id }))
  return { text: keys.map((key) => line(key, key.in_use)).join('\n'), json: keys }
}

function line({ purpose, id, from, retires, retired }: KnownKey, inUse: boolean): string {
  const life = retired
    ? `retired ${retired}`
    : retires
      ? `retires ${retires}`
      : inUse
        ? 'in use'
        : `signs from ${from}`
  return `${purpose.padEnd(8)} ${id}\n         ${life}`
}

type Order = { readonly purpose: Signing; readonly reason: string; readonly overlap_hours: number | null }

function orderOf(purpose: string | undefined, { values }: Options): Order {
  const wanted = SIGNING.find((each) => each === purpose)
  if (!wanted) throw new UsageError(`Say which key: ${SIGNING.join(', ')}.`)
  const reason = values.get('reason')
  if (!reason) throw new UsageError('Say why: --reason <text>.')
  const hours = values.get('overlap-hours')
  if (hours !== undefined && !/^\d{1,4}$/.test(hours))
    throw new UsageError('--overlap-hours takes a whole number of hours.')
  return { purpose: wanted, reason, overlap_hours: hours === undefined ? null : Number(hours) }
}

const PATIENCE_MS = 60_000
const LOOK_MS = 1_000

/** Ordered here, done by the process that holds the key: it takes seconds. */
async function rotate({ deps, org }: Installation, input: Order): Promise<Answer> {
  const record = keyRecord(deps.sql, org)
  const before = (await record()).known.map(({ id }) => id)
  const order = {
    kind: 'registry',
    stream: 'registry',
    command: 'rotateKey',
    input,
    key: deps.newId('rotate'),
  } as const
  const ordered = await perform(deps, systemActor('sys_console', org), order)
  if (isRefusal(ordered)) throw new Error(`${ordered.sentence} ${ordered.remedy}`)
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await pause(LOOK_MS)) {
    const { known } = await record()
    const fresh = known.find(({ id, purpose }) => purpose === input.purpose && !before.includes(id))
    if (fresh) return published(fresh, known)
  }
  throw new Error(
    'The order is on record, but no new key came of it yet. Do the worker and the sequencer run?',
  )
}

function published({ purpose, id, from }: KnownKey, known: readonly KnownKey[]): Answer {
  const replaces = known.filter(
    (key) => key.purpose === purpose && key.retires !== null && key.retired === null,
  )
  const old = replaces.map((key) => `The old one, ${key.id}, retires ${key.retires}.`)
  const text = [`The new ${purpose} key ${id} is published, and signs from ${from}.`, ...old].join('\n')
  return {
    text,
    json: { purpose, id, from, replaces: replaces.map((key) => ({ id: key.id, retires: key.retires })) },
  }
}
