import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importJWK, type JWK, SignJWT } from 'jose'
import { fillApplicationRing } from '@/db/keys/adopt'
import { newJwk, sshKeyOf } from '@/db/keys/make'
import { keyRing } from '@/db/keys/ring'
import { keyBytes, localWrapper } from '@/db/keys/wrapper'
import { migratedDatabase } from '@/db/migrated.test-support'
import { urlAs } from '@/db/roles'
import { SECRET } from '@/db/secret.test-support'
import { type SampleSettings, seedSampleOrganisation } from '@/db/seed/seed'
import { openSession } from '@/db/sessions'
import { makeProof } from '@/lib/action/proof'
import { fingerprint } from '@/lib/chat/fingerprint'
import { closeDoors, type Doors, doors } from './deps'
import type { Door } from './door'
import { digestOf, newToken } from './session-cookie'

export const ORIGIN = 'http://localhost:3210'
const ORG = 'org_halden'
/** The password that leaks in the sample's story. */
export const LEAKED = 'kJ8#mQ2vLp9x-orders'

export type Keys = { readonly sig: JWK & { kid: string }; readonly enc: JWK & { kid: string } }
export type TestDoors = {
  readonly doors: Doors
  readonly executor: Keys
  readonly adminUrl: string
  readonly close: () => Promise<void>
}

/** An installation with the sample organisation: its own database and folders. `env` adds to its environment. */
export async function openTestDoors(
  env: Record<string, string> = {},
  chat: SampleSettings['chat'] = null,
): Promise<TestDoors> {
  const adminUrl = await migratedDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'on-record-doors-'))
  const encryptionKey = randomBytes(32).toString('base64url')
  const ring = keyRing(join(folder, 'keys'), localWrapper(keyBytes(encryptionKey)))
  fillApplicationRing(ring, join(folder, 'keys'))
  Object.assign(process.env, {
    ON_RECORD_APP_DATABASE_URL: urlAs('on_record_app', adminUrl, SECRET),
    AUTH_SECRET: SECRET,
    ON_RECORD_URL: ORIGIN,
    ON_RECORD_DATA: join(folder, 'evidence'),
    ON_RECORD_MODE: 'local',
    HOSTNAME: '127.0.0.1',
    ON_RECORD_ORG: ORG,
    ON_RECORD_KEYS: join(folder, 'keys'),
    ON_RECORD_KEY_ENCRYPTION_KEY: encryptionKey,
    ...env,
  })
  const opened = doors()
  const executor = { sig: newKey(), enc: newKey() }
  const half = ({ x = '', y = '' }: JWK) => ({ kty: 'EC', crv: 'P-256', x, y }) as const
  const published = (purpose: string) => {
    const [key] = ring.held(purpose)
    return { kid: key?.kid, jwk: half(JSON.parse(key?.text ?? '{}')) }
  }
  await seedSampleOrganisation(opened, {
    logOrigin: 'localhost/log',
    publicKeys: {
      warrant: published('warrant'),
      token: published('token'),
      export: sshKeyOf(ring.held('export')[0]?.text ?? ''),
      log: null,
    },
    executorKeys: { sig: half(executor.sig), enc: half(executor.enc) },
    fingerprints: {
      svc_orders: fingerprint(opened.fingerprintKey, LEAKED),
      svc_reports: fingerprint(opened.fingerprintKey, 'something else'),
    },
    connector: 'http://localhost:3210/connectors/orders',
    connectorDefinition: `sha256:${'a'.repeat(64)}`,
    chat,
  })
  return { doors: opened, executor, adminUrl, close: closeDoors }
}

export function newKey(): JWK & { kid: string } {
  return JSON.parse(newJwk())
}

/** A session of this person, as a Cookie header. */
export async function cookieOf(
  { sql, settings }: Doors,
  member: string,
  { org = ORG, ageSeconds = 0 } = {},
): Promise<string> {
  const token = newToken(org)
  const auth = { acr: 'local', amr: ['none'], auth_time: Math.floor(Date.now() / 1000) - ageSeconds }
  await openSession(sql, { org, digest: digestOf(token), member, auth, longest: settings.longest })
  return `on-record=${token}`
}

export type Call = {
  readonly method?: string
  readonly cookie?: string
  readonly headers?: Record<string, string>
  readonly body?: unknown
  readonly raw?: BodyInit
  readonly params?: Record<string, string>
}

/** Calls a route as its own page would. */
export async function call(
  route: Door,
  path: string,
  { method, cookie, headers = {}, body, raw, params = {} }: Call = {},
): Promise<{ status: number; body: Body; headers: Headers; text: string }> {
  const sends = body !== undefined || raw !== undefined
  const request = new Request(`${ORIGIN}${path}`, {
    method: method ?? (sends ? 'POST' : 'GET'),
    headers: {
      host: 'localhost:3210',
      ...(sends ? { origin: ORIGIN } : {}),
      ...(body !== undefined ? { 'content-type': 'application/json' } : {}),
      ...(cookie ? { cookie } : {}),
      ...headers,
    },
    ...(sends ? { body: raw ?? JSON.stringify(body), duplex: 'half' } : {}),
  } as RequestInit)
  const response = await route(request, { params: Promise.resolve(params) })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, body: parsed(text) }
}

// biome-ignore lint/suspicious/noExplicitAny: an answer, looked at field by field
type Body = any

function parsed(text: string): Body {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export async function assertionOf(
  nhi: string,
  key: JWK & { kid: string },
  changes: Record<string, unknown> = {},
  header: Record<string, string> = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    iss: nhi,
    sub: nhi,
    aud: `${ORIGIN}/api/v1/token`,
    iat: now,
    exp: now + 60,
    jti: randomUUID(),
    ...changes,
  }
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: key.kid, ...header })
    .sign(await importJWK(key, 'ES256'))
}

/** The headers of a machine's request: its token, and the proof that it holds its key. */
export async function machineHeaders(
  token: string,
  key: JWK,
  method: string,
  path: string,
): Promise<Record<string, string>> {
  const url = `${ORIGIN}${path.split('?')[0]}`
  return {
    authorization: `Bearer ${token}`,
    dpop: await makeProof({ method, url, accessToken: token, jti: randomUUID(), now: Date.now() }, key),
  }
}
