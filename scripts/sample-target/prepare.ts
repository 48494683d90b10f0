import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import postgres, { type Sql } from 'postgres'
import { enrolmentSql } from '../../lib/connect/postgres/enrolment'
import { quoteName, quoteText } from '../../lib/connect/postgres/names'
import { scramVerifier } from '../../lib/connect/postgres/scram'
import { ORDERS } from './orders'

const DATABASE = 'orders'
const EXECUTOR_ROLE = 'onrecord_executor'
const MANAGED_ROLES = ['svc_orders', 'svc_reports']
const MANAGED_GROUPS = ['orders_reader', 'orders_writer']

export type SampleTarget = {
  readonly database: string
  /** The password of `svc_orders`, as it leaks in the sample chat. It works until the case is worked. */
  readonly leakedPassword: string
  readonly leakedUrl: string
  /** The password of `svc_reports`, for its fingerprint. */
  readonly reportsPassword: string
  /** For the executor's configuration: its narrow role, no superuser. */
  readonly adminUrl: string
  readonly roles: readonly string[]
  readonly groups: readonly string[]
}

/**
 * The company system that the sample case is about: a database `orders` with its service accounts, on the given server. Running it again changes nothing,
 * not even a password that has been rotated since. The generated passwords are kept in the folder, in a file of mode 0600.
 */
export async function prepareSampleTarget(superuserUrl: string, folder: string): Promise<SampleTarget> {
  const passwords = await rememberedPasswords(folder)
  await using(superuserUrl, 'postgres', async (sql) => {
    const [found] = await sql`select 1 from pg_database where datname = ${DATABASE}`
    if (!found) await sql.unsafe(`create database ${quoteName(DATABASE)}`)
  })
  await using(superuserUrl, DATABASE, async (sql) => {
    await sql.unsafe(ORDERS)
    await login(sql, 'svc_orders', passwords.svc_orders, ['orders_writer'])
    await login(sql, 'svc_reports', passwords.svc_reports, ['orders_reader', 'orders_writer'])
    const verifier = await scramVerifier(passwords.executor)
    const enrolment = { executor: EXECUTOR_ROLE, verifier, roles: MANAGED_ROLES, groups: MANAGED_GROUPS }
    await sql.unsafe(enrolmentSql(enrolment))
  })
  return {
    database: DATABASE,
    leakedPassword: passwords.svc_orders,
    reportsPassword: passwords.svc_reports,
    leakedUrl: loginUrl(superuserUrl, 'svc_orders', passwords.svc_orders),
    adminUrl: loginUrl(superuserUrl, EXECUTOR_ROLE, passwords.executor),
    roles: MANAGED_ROLES,
    groups: MANAGED_GROUPS,
  }
}

/** Only a role that isn't there yet gets its password and groups: what a case has changed stays changed. */
async function login(sql: Sql, role: string, password: string, groups: readonly string[]): Promise<void> {
  const [found] = await sql`select 1 from pg_roles where rolname = ${role}`
  if (found) return
  const memberships = groups.map((group) => `grant ${quoteName(group)} to ${quoteName(role)};`).join('\n')
  const verifier = quoteText(await scramVerifier(password))
  await sql.unsafe(
    `create role ${quoteName(role)} login connection limit 50 password ${verifier};\n${memberships}`,
  )
}

type Passwords = { readonly svc_orders: string; readonly svc_reports: string; readonly executor: string }

async function rememberedPasswords(folder: string): Promise<Passwords> {
  await mkdir(folder, { recursive: true })
  const file = join(folder, 'sample-target.json')
  const known = await readFile(file, 'utf8').catch(() => null)
  if (known) return JSON.parse(known) as Passwords
  const made = { svc_orders: secret(), svc_reports: secret(), executor: secret() }
  await writeFile(`${file}.new`, JSON.stringify(made), { mode: 0o600 })
  await rename(`${file}.new`, file)
  return made
}

function secret(): string {
  return randomBytes(18).toString('base64url')
}

function loginUrl(superuserUrl: string, user: string, password: string): string {
  const { hostname, port } = new URL(superuserUrl)
  return `postgres://${user}:${password}@${hostname}:${port}/${DATABASE}`
}

async function using(url: string, database: string, run: (sql: Sql) => Promise<void>): Promise<void> {
  const sql = postgres(url, { database, max: 1, prepare: false, onnotice: () => {} })
  try {
    await run(sql)
  } finally {
    await sql.end({ timeout: 2 })
  }
}
