import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres, { type Sql } from 'postgres'
import type { Postgres } from '../../../scripts/postgres/embedded'
import { temporaryPostgres } from '../../../scripts/postgres/temporary'
import { prepareSampleTarget, type SampleTarget } from '../../../scripts/sample-target/prepare'
import type { Action, ActionKind } from '../../action/event'
import type { Work } from '../connector'
import { admit, isDenied, registry } from '../registry'
import { postgresConnector } from './connector'
import type { Target } from './target'

const CONNECTOR = 'https://on-record.example/connectors/postgres-orders'

export type Stage = {
  readonly server: Postgres
  readonly sample: SampleTarget
  readonly target: Target
  readonly superuser: Sql
  readonly folder: string
  readonly end: () => Promise<void>
}

/** A real server with the sample system on it, and a target that describes it. */
export async function stage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'on-record-target-'))
  await chmod(folder, 0o700)
  const server = await temporaryPostgres()
  const sample = await prepareSampleTarget(server.url('postgres'), folder).catch(async (error) => {
    await server.stop()
    throw error
  })
  const superuser = postgres(server.url('orders'), { max: 3, onnotice: () => {} })
  const target = {
    name: CONNECTOR,
    kind: 'postgres' as const,
    admin: sample.adminUrl,
    environment: 'production' as const,
    roles: [...sample.roles],
    groups: [...sample.groups],
    secretSink: join(folder, 'secrets'),
  }
  const end = async () => {
    await superuser.end({ timeout: 1 })
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
  return { server, sample, target, superuser, folder, end }
}

export function exactAction(
  kind: ActionKind,
  params: Action['params'],
  account = 'svc_orders',
  more: Partial<Action> = {},
): Action {
  return {
    kind,
    params,
    target: { nhi: `nhi_${account.replace('_', '-')}`, name: account, environment: 'production', account },
    connector: CONNECTOR,
    case: 'case_1',
    purpose: 'The password was pasted into a channel.',
    executor: 'nhi_executor-postgres',
    not_before: '2026-01-01T00:00:00.000Z',
    expires_at: '2036-01-01T00:00:00.000Z',
    reverts: null,
    ...more,
  }
}

/** The action as admitted by the registry, or an error with the denial. */
export function admitted(target: Target, action: Action, leaked: readonly string[] = []): Work {
  const outcome = admit(registry([postgresConnector(target)]), action, async () => leaked)
  if (isDenied(outcome)) throw new Error(outcome.reason)
  return outcome.work
}

let count = 0
export function newJti(): string {
  count += 1
  return `wrt_${count.toString(16).padStart(32, '0')}`
}

export const inTwoMinutes = (): number => Date.now() + 120_000
