import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Postgres } from '../postgres/embedded'
import { temporaryPostgres } from '../postgres/temporary'
import { openDatabase } from './database'
import { foldersIn, makeFolders } from './folders'
import { found } from './founding'
import { programs } from './programs'
import { readSettings } from './settings'

const HOME = join(import.meta.dirname, '..', '..')
const ENCRYPTION_KEY = 'N7gk2vWmJ0b8cB1kq9u5xv3r0sT4yQeHfLzXaPnRiUw'
let server: Postgres
let superuser: Sql
let data: string

beforeAll(async () => {
  server = await temporaryPostgres()
  data = await mkdtemp(join(tmpdir(), 'on-record-founding-'))
  const sql = postgres(server.url('postgres'), { max: 1 })
  await sql`create role the_owner login createrole password 'word'`
  await sql`create database record owner the_owner`
  await sql.end()
  superuser = postgres(server.url('record'), { max: 1 })
})

afterAll(async () => {
  await superuser?.end()
  await server?.stop()
  await rm(data, { recursive: true, force: true })
})

function environment(): Record<string, string> {
  return {
    DATABASE_URL: `postgres://the_owner:word@127.0.0.1:${server.port}/record`,
    AUTH_SECRET: 'a secret of this test run, long enough',
    ON_RECORD_KEY_ENCRYPTION_KEY: ENCRYPTION_KEY,
    ON_RECORD_DATA: data,
    ON_RECORD_URL: 'https://record.example',
    OIDC_ISSUER: 'https://login.example',
    OIDC_CLIENT_ID: 'on-record',
    OIDC_CLIENT_SECRET: 'shared with the provider',
    ON_RECORD_ORG_NAME: 'Example Ltd',
    ON_RECORD_ADMIN_EMAIL: 'Admin@record.example',
    NOBODYS: 'business',
  }
}

async function plan() {
  const settings = readSettings(environment(), HOME, false)
  if ('problems' in settings) throw new Error(settings.problems.join())
  const folders = foldersIn(settings.data)
  await makeFolders(folders)
  const database = await openDatabase(settings, folders, HOME)
  return found({ home: HOME, settings, folders, database, environment: environment() })
}

describe('an installation with a DATABASE_URL', () => {
  it('is founded once, by an owner of the database who is no superuser, with its first administrator and its keys', async () => {
    const first = await plan()
    expect((await plan()).org).toBe(first.org)
    expect(await superuser`select type, actor from event order by stream, seq`).toEqual(
      [
        ...['organisation.founded', 'member.added', 'policy.activated'],
        ...['warrant-key.published', 'token-key.published', 'export-key.published', 'log-key.published'],
      ].map((type) => ({ type, actor: 'sys_setup' })),
    )
    expect(await superuser`select email, roles from member`).toEqual([
      { email: 'admin@record.example', roles: ['admin'] },
    ])
    expect(await superuser`select name, origin from organisation`).toEqual([
      { name: 'Example Ltd', origin: 'record.example/log' },
    ])
  })

  it('runs no executor, no sample chat, and brings no sample people', async () => {
    const { first, later } = programs(await plan())
    expect([...first, ...later].map(({ name }) => name)).toEqual(['sequencer', 'web', 'worker'])
    expect(await superuser`select 1 from member where id like 'usr_ada'`).toEqual([])
  })

  it('tells each process its own secrets and nobody else’s', async () => {
    const { first, later } = programs(await plan())
    const told = Object.fromEntries([...first, ...later].map(({ name, env }) => [name, JSON.stringify(env)]))
    const keyOf = (name: string) => JSON.parse(told[name] ?? '').ON_RECORD_KEY_ENCRYPTION_KEY
    for (const text of Object.values(told)) {
      expect(text).not.toContain('the_owner')
      expect(text).not.toContain('a secret of this test run')
      expect(text).not.toContain('business')
      expect(text).not.toContain(ENCRYPTION_KEY)
    }
    expect(told.sequencer).not.toContain('on_record_app')
    expect(told.sequencer).not.toContain('shared with the provider')
    expect(keyOf('web')).toMatch(/^[\w-]{43}$/)
    expect(keyOf('worker')).toBe(keyOf('web'))
    expect(keyOf('sequencer')).not.toBe(keyOf('web'))
    expect(told.web).not.toMatch(/on_record_(sequencer|worker)|sequencer/)
    expect(told.worker).not.toMatch(/on_record_sequencer|shared with the provider/)
  })
})
