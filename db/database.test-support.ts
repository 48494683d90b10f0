import { randomUUID } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Receipt } from '@/lib/act/ledger'
import { type Order, perform } from '@/lib/act/perform'
import { isRefusal } from '@/lib/act/refusal'
import type { Actor } from '@/lib/identity/actor'
import { noteSigner } from '@/lib/record/note'
import { type Client, connect } from './client'
import { openDeps, type Performing } from './deps'
import type { LogKeys } from './keys/log-keys'
import { keptIn } from './log/kept'
import { migratedDatabase } from './migrated.test-support'
import { type Reader, reader } from './reading'
import { urlAs } from './roles'
import { SECRET } from './secret.test-support'
import { sampleActor, setUp } from './seed/actors'
import { emailOf, PEOPLE, SAMPLE_NAME, SAMPLE_ORG } from './seed/people'
import { sequencer } from './sequencer'

export const ORIGIN = 'http://localhost:3000'

export type TestDatabase = {
  readonly adminUrl: string
  /** As the superuser, who can do what no control in the database prevents. */
  readonly admin: Client
  readonly deps: Performing
  readonly reader: Reader
  readonly url: (role: 'on_record_app' | 'on_record_sequencer' | 'on_record_worker') => string
  readonly seal: () => Promise<number>
  /** The sequencer as after a start: it knows what it has kept outside the database, and nothing from before. */
  readonly restartSequencer: () => void
  readonly keptFolder: string
  readonly close: () => Promise<void>
}

export const LOG_SEED = new Uint8Array(32).fill(7)
/** A log key that nobody rotates. */
export function onlyKey(seed: Uint8Array): LogKeys {
  const never = () => {
    throw new Error('this key is not rotated')
  }
  return { signers: (name) => [noteSigner(name, seed)], make: never, destroy: never }
}
export const LOG_ORIGIN = 'localhost/log'

/** A migrated database with the sample organisation's people in it. */
export async function testDatabase(): Promise<TestDatabase> {
  const adminUrl = await migratedDatabase()
  const url: TestDatabase['url'] = (role) => urlAs(role, adminUrl, SECRET)
  const deps = openDeps({
    url: url('on_record_app'),
    origin: ORIGIN,
    policies: 'policies',
    connections: 8,
    name: 'test',
  })
  const admin = connect(adminUrl, 2, 'test admin')
  const log = connect(url('on_record_sequencer'), 2, 'test sequencer')
  const keptFolder = await mkdtemp(join(tmpdir(), 'on-record-kept-'))
  const readers = reader(url('on_record_app'), 2)
  await foundOrganisation(deps, SAMPLE_ORG)
  const begun = () => sequencer(log, onlyKey(LOG_SEED), keptIn(keptFolder))
  let sealing = begun()
  const close = async () => {
    await Promise.all([deps.sql.end(), admin.end(), log.end(), readers.end()])
  }
  return {
    adminUrl,
    admin,
    deps,
    reader: readers,
    url,
    keptFolder,
    close,
    seal: () => sealing(),
    restartSequencer: () => {
      sealing = begun()
    },
  }
}

/** The same people in any organisation: what keeps them apart is the database. */
export async function foundOrganisation(deps: Performing, org: string): Promise<void> {
  const registry = (command: string, input: unknown) =>
    done(deps, setUp(org), { kind: 'registry', stream: 'registry', command, input })
  await registry('foundOrganisation', { name: SAMPLE_NAME, origin: `${LOG_ORIGIN}/${org}` })
  for (const person of PEOPLE) {
    const { id: member, name, roles, team } = person
    await registry('addMember', { member, name, email: emailOf(person), roles, team })
  }
}

type Asked = Omit<Order, 'key'> & { readonly key?: string }

/** Performs a command that must be taken. */
export async function done(deps: Performing, actor: Actor, order: Asked): Promise<Receipt> {
  const outcome = await perform(deps, actor, { key: randomUUID(), ...order })
  if (isRefusal(outcome)) throw new Error(`${order.command} was refused: ${outcome.sentence}`)
  return outcome
}

export const FINDING = {
  title: 'Password in a build log',
  category: 'suspicious-access',
  severity: 'medium',
  snapshot: null,
  secrets: [],
  reporter_name: 'Hugo Brandt',
  message_key: null,
  note: null,
}

/** A case of Hugo's, in identify. */
export async function aCase(deps: Performing, org = SAMPLE_ORG): Promise<string> {
  const stream = deps.newId('case')
  await done(deps, sampleActor('usr_hugo', org), {
    kind: 'case',
    stream,
    command: 'promoteFinding',
    input: FINDING,
  })
  return stream
}

export function comment(deps: Performing, stream: string, text: string, org = SAMPLE_ORG): Promise<Receipt> {
  return done(deps, sampleActor('usr_ada', org), {
    kind: 'case',
    stream,
    command: 'addComment',
    input: { text },
  })
}
