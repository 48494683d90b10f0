import { access, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SAMPLE_ORG } from '../../db/seed/people'
import { seedSampleOrganisation } from '../../db/seed/seed'
import { fingerprint } from '../../lib/chat/fingerprint'
import { jcs } from '../../lib/record/canonical'
import { sha256Hex } from '../../lib/record/digest'
import { haldenInstruments } from '../sample-chat/story'
import { prepareSampleTarget, type SampleTarget } from '../sample-target/prepare'
import { type Founding, organisationIn, publish } from './founding'
import { executorKeys } from './keys'
import { freePortLike } from './ports'
import type { Plan, SampleChat } from './programs'
import { kept, secret } from './secret-file'

/** The warrants of the sample's executor are for this connector alone. */
const CONNECTOR = 'https://halden.example/connectors/orders'

/** Without a DATABASE_URL: a system that can really be changed, a chat in which its password leaked, and the people around it. */
export async function sample(founding: Founding): Promise<Plan> {
  const { database, folders } = founding
  if (!database.embedded) throw new Error('The sample needs the embedded database.')
  const target = await prepareSampleTarget(database.embedded('postgres'), folders.sample)
  await configureExecutor(founding, target)
  await seed(founding, target)
  await publish(founding, SAMPLE_ORG)
  return { ...founding, org: SAMPLE_ORG, chat: await sampleChat(founding, target) }
}

/** Goes on where an earlier start was interrupted; the note lies with the database, and goes when that goes. */
async function seed(founding: Founding, target: SampleTarget): Promise<void> {
  const note = join(founding.folders.postgres, 'sample-is-complete')
  const complete = await access(note).then(
    () => true,
    () => false,
  )
  if (complete && (await organisationIn(founding))) return
  const key = founding.rings.application.held('fingerprint')[0]?.text ?? ''
  const { origin, ...keys } = founding.keys
  await seedSampleOrganisation(founding.performing(), {
    logOrigin: origin,
    publicKeys: keys,
    executorKeys: await executorKeys(founding.folders),
    fingerprints: {
      svc_orders: fingerprint(key, target.leakedPassword),
      svc_reports: fingerprint(key, target.reportsPassword),
    },
    connector: CONNECTOR,
    connectorDefinition: `sha256:${sha256Hex(jcs(definition(target)))}`,
    chat: chatAccounts(),
  })
  await writeFile(note, '')
}

/** What the connector may do to whom; no credential. */
function definition({ roles, groups }: SampleTarget) {
  return {
    name: CONNECTOR,
    kind: 'postgres',
    environment: 'production',
    roles: [...roles],
    groups: [...groups],
  }
}

/** Written anew at each start: the embedded server may have another port than last time. */
async function configureExecutor({ settings, folders }: Founding, target: SampleTarget): Promise<void> {
  await executorKeys(folders)
  const config = {
    app: `http://${settings.host}:${settings.port}`,
    issuer: settings.url,
    nhi: 'nhi_executor-postgres',
    keyFile: 'sig.jwk',
    encKeyFile: 'enc.jwk',
    connectors: [{ ...definition(target), admin: target.adminUrl, secretSink: 'secrets' }],
  }
  await writeFile(join(folders.executor, 'config.json'), JSON.stringify(config, null, 2), { mode: 0o600 })
}

function chatAccounts() {
  const { team, people, app } = haldenInstruments('')
  const users = Object.fromEntries(people.map(({ handle, id }) => [`usr_${handle}`, id]))
  return { team: team.id, team_name: team.name, bot_user: app.user, users }
}

/** On the port of last time if that is free: links into the chat are part of the record. */
async function sampleChat({ settings, folders }: Founding, target: SampleTarget): Promise<SampleChat> {
  const signingSecret = await kept(join(folders.sample, 'signing-secret'), secret)
  const botToken = await kept(join(folders.sample, 'bot-token'), () => `xoxb-sample-${secret()}`)
  const port = await freePortLike(join(folders.sample, 'chat-port'))
  const url = `http://127.0.0.1:${port}`
  const slack = { SLACK_BOT_TOKEN: botToken, SLACK_API_URL: `${url}/api/` }
  return {
    url,
    port,
    web: { ...slack, SLACK_SIGNING_SECRET: signingSecret, SAMPLE_CHAT_URL: url },
    worker: { ...slack, SLACK_SIGNING_SECRET: signingSecret, SAMPLE_CHAT_URL: url },
    own: {
      SAMPLE_CHAT_PORT: String(port),
      SAMPLE_CHAT_APP_URL: settings.url,
      SLACK_SIGNING_SECRET: signingSecret,
      SLACK_BOT_TOKEN: botToken,
      SAMPLE_LEAKED_PASSWORD: target.leakedPassword,
    },
  }
}
