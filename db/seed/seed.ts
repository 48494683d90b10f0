import { NOTHING_WANTED } from '@/lib/act/facts'
import { perform } from '@/lib/act/perform'
import { isRefusal } from '@/lib/act/refusal'
import type { Case } from '@/lib/case/case'
import type { Performing } from '../deps'
import { within } from '../within'
import { setUp } from './actors'
import { sampleCases } from './cases'
import { profileOf, SAMPLE_IDENTITIES } from './identities'
import { emailOf, PEOPLE, SAMPLE_NAME, SAMPLE_ORG } from './people'
import { player } from './script'
import { LAST_CASE } from './stories/backups'

type Jwk = { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string }

export type SampleSettings = {
  /** The log's name, for ever. */
  readonly logOrigin: string
  readonly publicKeys: Readonly<Record<'warrant' | 'token' | 'export' | 'log', unknown>>
  readonly executorKeys: { readonly sig: Jwk; readonly enc: Jwk }
  /** Keyed fingerprints of the sample database's passwords: a leaked one finds its NHI by itself. */
  readonly fingerprints: { readonly svc_orders: string; readonly svc_reports: string }
  /** The connector's URL-shaped name and its definition's digest. */
  readonly connector: string
  readonly connectorDefinition: string
  /** The sample chat's workspace; null where there is none. */
  readonly chat: {
    readonly team: string
    readonly team_name: string
    readonly bot_user: string
    readonly users: Readonly<Record<string, string>>
  } | null
}

/** Founds the sample organisation, or goes on where an interrupted start left off; false when all of it stands already. */
export async function seedSampleOrganisation(deps: Performing, settings: SampleSettings): Promise<boolean> {
  if (await isComplete(deps)) return false
  const founded = await perform(deps, setUp(SAMPLE_ORG), {
    kind: 'registry',
    stream: 'registry',
    command: 'foundOrganisation',
    input: { name: SAMPLE_NAME, origin: settings.logOrigin },
    key: 'sample-founding',
  })
  if (isRefusal(founded) && founded.code !== 'conflict') throw new Error(founded.sentence)
  const now = await foundedAt(deps)
  await members(deps)
  await policies(deps, settings)
  await identities(deps, settings, now)
  await connections(deps, settings)
  await sampleCases(deps, now)
  return true
}

async function isComplete(deps: Performing): Promise<boolean> {
  const last = await deps.ledger.open(setUp(SAMPLE_ORG), 'case', LAST_CASE, '', NOTHING_WANTED)
  return (last.state as Case | null)?.vouched === true
}

/** The same each time, so that every step of an interrupted set-up is the same command again. */
function foundedAt(deps: Performing): Promise<Date> {
  return within(deps.sql, SAMPLE_ORG, async (tx) => {
    const [row] = await tx<
      { at: Date }[]
    >`select at from event where org = ${SAMPLE_ORG} and stream = 'registry' and seq = 0`
    return row?.at ?? new Date()
  })
}

async function members(deps: Performing): Promise<void> {
  const play = player(deps, 'sample-members')
  for (const person of PEOPLE) {
    const { id: member, name, roles, team } = person
    await play(setUp(SAMPLE_ORG), 'registry', 'registry', 'addMember', {
      member,
      name,
      email: emailOf(person),
      roles,
      team,
    })
  }
}

async function policies(deps: Performing, { publicKeys }: SampleSettings): Promise<void> {
  const play = player(deps, 'sample-policies')
  const { bundle, rules } = deps.policies
  await play(setUp(SAMPLE_ORG), 'registry', 'registry', 'activatePolicies', {
    bundle,
    policies: rules.map((rule) => rule.id),
  })
  await play(setUp(SAMPLE_ORG), 'registry', 'registry', 'publishKeys', publicKeys)
}

async function identities(
  deps: Performing,
  { executorKeys, fingerprints }: SampleSettings,
  now: Date,
): Promise<void> {
  const play = player(deps, 'sample-identities')
  const today = now.toISOString().slice(0, 10)
  for (const identity of SAMPLE_IDENTITIES)
    await play('usr_farid', 'nhi', identity.id, 'registerNhi', profileOf(identity, today))
  await play('usr_farid', 'nhi', 'nhi_executor-postgres', 'enrollKey', { jwk: executorKeys.sig, use: 'sig' })
  await play('usr_farid', 'nhi', 'nhi_executor-postgres', 'enrollKey', { jwk: executorKeys.enc, use: 'enc' })
  const password = { kind: 'password', label: 'database password', expires_on: null }
  await play('usr_farid', 'nhi', 'nhi_svc-orders', 'registerCredential', {
    ...password,
    fingerprint: fingerprints.svc_orders,
  })
  await play('usr_farid', 'nhi', 'nhi_svc-reports', 'registerCredential', {
    ...password,
    fingerprint: fingerprints.svc_reports,
  })
}

async function connections(
  deps: Performing,
  { connector, connectorDefinition, chat }: SampleSettings,
): Promise<void> {
  const play = player(deps, 'sample-connections')
  await play('usr_farid', 'registry', 'registry', 'registerConnector', {
    connector,
    kind: 'postgres',
    executor: 'nhi_executor-postgres',
    definition: connectorDefinition,
    system: 'orders',
    environment: 'production',
  })
  if (!chat) return
  const { team, team_name, bot_user, users } = chat
  await play('usr_farid', 'registry', 'registry', 'connectChat', {
    platform: 'slack',
    team,
    team_name,
    bot_user,
  })
  for (const [member, user] of Object.entries(users)) {
    await play(setUp(SAMPLE_ORG), 'registry', 'registry', 'linkMember', {
      member,
      platform: 'slack',
      team,
      user,
    })
  }
}
