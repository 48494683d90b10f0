import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import postgres, { type Sql } from 'postgres'
import { fingerprint } from '@/lib/chat/fingerprint'
import { foldersIn } from '@/scripts/start/folders'
import { openRings } from '@/scripts/start/key-rings'
import type { Api } from './api'

/** The accounts of the sample's orders database, with the identity that holds each. */
const HOLDER = { svc_orders: 'nhi_svc-orders', svc_reports: 'nhi_svc-reports' } as const
export type Account = keyof typeof HOLDER

const data = () => process.env.E2E_DATA ?? ''
const kept = async (...path: string[]) => (await readFile(join(data(), ...path), 'utf8')).trim()

/** The password as the sample's own message leaks it. */
async function sampleLeak(account: Account): Promise<string> {
  return (JSON.parse(await kept('sample', 'sample-target.json')) as Record<Account, string>)[account]
}

async function fingerprintKey(): Promise<string> {
  const { application } = await openRings(foldersIn(data()), {})
  return application.held('fingerprint')[0]?.text ?? ''
}

/** Another password of the account, which works, is known in the registry by its fingerprint, and has leaked. */
export async function freshLeak(account: Account, owner: Api): Promise<string> {
  const password = `leak${crypto.randomUUID().replaceAll('-', '')}`
  const superuser = connection('postgres', await kept('postgres', 'superuser-password'), await port())
  await superuser.unsafe(`alter role ${account} password '${password}'`)
  await superuser.end()
  const print = fingerprint(await fingerprintKey(), password)
  await owner.nhi(HOLDER[account], 'register-credential', {
    kind: 'password',
    fingerprint: print,
    label: 'the vault of the platform team',
    expires_on: null,
  })
  return password
}

/**
 * The sample's own leaked password while it works, as a newcomer meets it; after that a fresh one. An installation that ran
 * before may have an open case with it, which would take the finding.
 */
export async function leak(account: Account, owner: Api): Promise<string> {
  const password = await sampleLeak(account)
  const untouched = !process.env.ON_RECORD_E2E_URL && (await opens(account, password))
  return untouched ? password : freshLeak(account, owner)
}

/** Does PostgreSQL itself let somebody in with it? */
export async function opens(account: Account, password: string): Promise<boolean> {
  const sql = connection(account, password, await port())
  try {
    await sql`select 1`
    return true
  } catch (error) {
    // 28P01: wrong password. Anything else is no answer to the question.
    if (error instanceof Error && 'code' in error && error.code === '28P01') return false
    throw error
  } finally {
    await sql.end({ timeout: 1 })
  }
}

export function asPasted(account: Account, password: string): string {
  return `DATABASE_URL=postgres://${account}:${password}@orders-db.halden.internal:5432/orders`
}

const port = async () => Number(await kept('postgres', 'port'))

function connection(user: string, password: string, at: number): Sql {
  return postgres({
    host: '127.0.0.1',
    port: at,
    user,
    password,
    database: 'orders',
    max: 1,
    connect_timeout: 5,
    onnotice: () => undefined,
  })
}
