import { join } from 'node:path'
import { type Client, connect } from '../../db/client'
import { openDeps, type Performing, policyTexts } from '../../db/deps'
import { keepPolicySet } from '../../db/policy-sets'
import { urlAs } from '../../db/roles'
import { within } from '../../db/within'
import type { Receipt } from '../../lib/act/ledger'
import { perform } from '../../lib/act/perform'
import { isRefusal } from '../../lib/act/refusal'
import { bundleDigest } from '../../lib/policy/bundle'
import type { Registry } from '../../lib/registry/registry'
import { systemActor } from '../system'
import type { Database } from './database'
import type { Folders } from './folders'
import { fillRings, type Rings } from './key-rings'
import { type PublicKeys, publicKeys } from './keys'
import type { Plan } from './programs'
import { sample } from './sample'
import type { Environment, Settings } from './settings'

/** An organisation has one stream about itself. */
const REGISTRY = 'registry'

export type Ground = {
  readonly home: string
  readonly settings: Settings
  readonly folders: Folders
  readonly database: Database
  readonly environment: Environment
}

export type Founding = Ground & {
  readonly rings: Rings
  readonly keys: PublicKeys
  readonly sql: Client
  /** Made when there is something to perform: loading the policies takes longer than all else of a start. */
  readonly performing: () => Performing
}

/** Makes what an installation needs before its processes start: keys, an organisation, and in local mode the sample. */
export async function found(ground: Ground): Promise<Plan> {
  const { settings, folders, database, home, environment } = ground
  const rings = await fillRings(folders, environment, `${new URL(settings.url).hostname}/log`)
  const keys = publicKeys(rings)
  const url = urlAs('on_record_app', database.adminUrl, database.secret)
  const common = { url, origin: settings.url, connections: 2, name: 'on-record set-up' }
  const sql = connect(url, 1, common.name)
  let deps: Performing | null = null
  const performing = () => {
    deps ??= openDeps({ ...common, policies: join(home, 'policies') })
    return deps
  }
  try {
    const founding = { ...ground, rings, keys, sql, performing }
    return await (settings.mode === 'local' ? sample(founding) : own(founding))
  } finally {
    await Promise.all([sql.end({ timeout: 5 }), (deps as Performing | null)?.sql.end({ timeout: 5 })])
  }
}

/** With a DATABASE_URL: the organisation that the settings name, with its first administrator, on an empty database. */
async function own(founding: Founding): Promise<Plan> {
  const { settings, performing } = founding
  if (settings.mode !== 'server') throw new Error('The settings are not those of a server.')
  const { name, admin } = settings.organisation
  const known = await organisationIn(founding)
  const org = known ?? performing().newId('org')
  if (!known) await tell(founding, org, 'foundOrganisation', { name, origin: founding.keys.origin })
  const members = (await registryIn(founding, org))?.members ?? []
  if (!members.some(({ active, roles }) => active && roles.includes('admin')))
    await tell(founding, org, 'addMember', { name: admin, email: admin, roles: ['admin'] })
  await publish(founding, org)
  return { ...founding, org, chat: null }
}

/** The policy set and the public keys that are in force from now on, unless the record has them already. */
export async function publish(founding: Founding, org: string): Promise<void> {
  const { home, keys, performing } = founding
  const registry = await registryIn(founding, org)
  const texts = policyTexts(join(home, 'policies'))
  await keepPolicySet(founding.sql, org, texts)
  if (registry?.policies?.bundle !== bundleDigest(texts)) {
    const { bundle, rules } = performing().policies
    await tell(founding, org, 'activatePolicies', { bundle, policies: rules.map(({ id }) => id) })
  }
  const { warrant, token, export: exported, log } = keys
  const known =
    registry?.warrant_keys.some(({ kid }) => kid === warrant.kid) &&
    registry.token_keys?.some(({ kid }) => kid === token.kid) &&
    registry.export_keys.some(({ key }) => key === exported.key) &&
    registry.log_keys.includes(log.vkey)
  if (!known) await tell(founding, org, 'publishKeys', { warrant, token, export: exported, log })
}

/** A command on the organisation's own stream, as the set-up. What is on record already is as good as done. */
async function tell(
  { performing }: Founding,
  org: string,
  command: string,
  input: unknown,
): Promise<Receipt | null> {
  const deps = performing()
  const key = deps.newId('setup')
  const order = { kind: 'registry', stream: REGISTRY, command, input, key } as const
  const outcome = await perform(deps, systemActor('sys_setup', org), order)
  if (!isRefusal(outcome)) return outcome
  if (outcome.code === 'duplicate') return null
  throw new Error(`${command} was refused: ${outcome.sentence} ${outcome.remedy}`)
}

function registryIn({ sql }: Founding, org: string): Promise<Registry | null> {
  return within(sql, org, async (tx) => {
    const [row] = await tx<
      { state: Registry }[]
    >`select state from stream where org = ${org} and stream = ${REGISTRY}`
    return row?.state ?? null
  })
}

/** Asked as the sequencer, the one role that sees which organisations there are. */
export async function organisationIn({
  database,
  environment,
}: Pick<Ground, 'database' | 'environment'>): Promise<string | null> {
  const url = urlAs('on_record_sequencer', database.adminUrl, database.secret)
  const sql = connect(url, 1, 'on-record set-up')
  try {
    const all = (await sql<{ org: string }[]>`select org from organisation order by org`).map(
      ({ org }) => org,
    )
    const wanted = environment.ON_RECORD_ORG
    if (wanted) return all.find((org) => org === wanted) ?? null
    if (all.length <= 1) return all[0] ?? null
    throw new Error(
      `This database holds ${all.length} organisations: set ON_RECORD_ORG to one of ${all.join(', ')}.`,
    )
  } finally {
    await sql.end({ timeout: 2 })
  }
}
