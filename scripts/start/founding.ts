import { join } from 'node:path'
import { connect } from '../../db/client'
import { openDeps, type Performing } from '../../db/deps'
import { urlAs } from '../../db/roles'
import { within } from '../../db/within'
import type { Receipt } from '../../lib/act/ledger'
import { perform } from '../../lib/act/perform'
import { isRefusal } from '../../lib/act/refusal'
import { systemActor } from '../system'
import type { Database } from './database'
import type { Folders } from './folders'
import { installationKeys, type PublicKeys } from './keys'
import type { Plan } from './programs'
import { sample } from './sample'
import type { Environment, Settings } from './settings'

/** An organisation has one stream about itself. */
const REGISTRY = 'registry'

export type Ground = {
  home: string
  settings: Settings
  folders: Folders
  database: Database
  environment: Environment
}
export type Founding = Ground & { readonly deps: Performing; readonly keys: PublicKeys }

/** Makes what an installation needs before its processes start: keys, an organisation, and in local mode the sample. */
export async function found(ground: Ground): Promise<Plan> {
  const { settings, folders, database, home } = ground
  const keys = await installationKeys(folders, `${new URL(settings.url).hostname}/log`)
  const deps = openDeps({
    url: urlAs('on_record_app', database.adminUrl, database.secret),
    origin: settings.url,
    policies: join(home, 'policies'),
    connections: 2,
    name: 'on-record set-up',
  })
  try {
    return settings.mode === 'local'
      ? await sample({ ...ground, deps, keys })
      : await own({ ...ground, deps, keys })
  } finally {
    await deps.sql.end({ timeout: 5 })
  }
}

/** With a DATABASE_URL: the organisation that the settings name, with its first administrator, on an empty database. */
async function own(founding: Founding): Promise<Plan> {
  const { settings, deps } = founding
  if (settings.mode !== 'server') throw new Error('The settings are not those of a server.')
  const org = (await organisationIn(founding)) ?? deps.newId('org')
  await tell(founding, org, 'foundOrganisation', {
    name: settings.organisation.name,
    origin: founding.keys.origin,
  })
  if (!(await hasAdministrator(deps, org))) {
    const { admin } = settings.organisation
    await tell(founding, org, 'addMember', { name: admin, email: admin, roles: ['admin'] })
  }
  await publish(founding, org)
  return { ...founding, org, chat: null }
}

/** The policy set and the public keys that are in force from now on; those that are on the record already stay as they are. */
export async function publish(founding: Founding, org: string): Promise<void> {
  const { bundle, rules } = founding.deps.policies
  await tell(founding, org, 'activatePolicies', { bundle, policies: rules.map(({ id }) => id) })
  const { warrant, export: exported, log } = founding.keys
  await tell(founding, org, 'publishKeys', { warrant, export: exported, log })
}

/** A command on the organisation's own stream, as the set-up. What is on record already is as good as done. */
export async function tell(
  { deps }: Founding,
  org: string,
  command: string,
  input: unknown,
): Promise<Receipt | null> {
  const outcome = await perform(deps, systemActor('sys_setup', org), {
    kind: 'registry',
    stream: REGISTRY,
    command,
    input,
    key: deps.newId('setup'),
  })
  if (!isRefusal(outcome)) return outcome
  if (outcome.code === 'duplicate') return null
  throw new Error(`${command} was refused: ${outcome.sentence} ${outcome.remedy}`)
}

/** Asked as the sequencer, the one role that sees which organisations there are. */
export async function organisationIn({ database, environment }: Ground): Promise<string | null> {
  const sql = connect(urlAs('on_record_sequencer', database.adminUrl, database.secret), 1, 'on-record set-up')
  try {
    const found = await sql<{ org: string }[]>`select org from organisation order by org`
    const wanted = environment.ON_RECORD_ORG
    if (wanted) return found.find(({ org }) => org === wanted)?.org ?? null
    if (found.length > 1)
      throw new Error(
        `This database holds ${found.length} organisations: set ON_RECORD_ORG to one of ${found.map(({ org }) => org).join(', ')}.`,
      )
    return found[0]?.org ?? null
  } finally {
    await sql.end({ timeout: 2 })
  }
}

function hasAdministrator({ sql }: Performing, org: string): Promise<boolean> {
  return within(sql, org, async (tx) => {
    const found =
      await tx`select 1 from member where org = ${org} and active and 'admin' = any(roles) limit 1`
    return found.length > 0
  })
}
