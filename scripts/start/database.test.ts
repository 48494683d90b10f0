import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { adoptPostgres } from '../postgres/embedded'
import { type Database, openDatabase } from './database'
import { foldersIn, makeFolders } from './folders'
import { type Born, born, isRunning } from './process'

const HOME = join(import.meta.dirname, '..', '..')
/** A server that runs makes files while others are deleted. */
const WHILE_IT_WRITES = { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }
let data: string
let database: Database
let server: Born

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'on-record-lost-'))
  await chmod(folder, 0o711)
  data = join(folder, 'data')
  const folders = foldersIn(data)
  await makeFolders(folders)
  const settings = {
    mode: 'local',
    data,
    port: 3000,
    host: '127.0.0.1',
    url: 'http://localhost:3000',
    dev: false,
  } as const
  database = await openDatabase(settings, folders, HOME)
  const running = await adoptPostgres(folders.postgres)
  const known = running && (await born(running.pid))
  if (!known) throw new Error('there is no server')
  server = known
})
afterEach(async () => {
  vi.restoreAllMocks()
  await database.stop()
  await rm(join(data, '..'), { recursive: true, force: true })
})

it('a server whose data folder was deleted under it is stopped all the same', async () => {
  await rm(data, WHILE_IT_WRITES)
  await database.stop()
  expect(await isRunning(server)).toBe(false)
})

it('a server that was killed is started again, but never an empty one in place of a folder that is gone', async () => {
  const complaints = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  process.kill(server.pid, 'SIGKILL')
  const folders = foldersIn(data)
  await expect
    .poll(() => adoptPostgres(folders.postgres), { timeout: 15_000 })
    .toMatchObject({ adopted: true })
  const again = await adoptPostgres(folders.postgres)
  await rm(data, WHILE_IT_WRITES)
  process.kill(again?.pid ?? 0, 'SIGKILL')
  const said = () => complaints.mock.calls.map(([line]) => String(line)).join('')
  await expect.poll(said, { timeout: 10_000 }).toContain('its data folder is gone')
  expect(said().match(/starting it again/g)).toHaveLength(1)
  expect(await adoptPostgres(folders.postgres).catch(() => null)).toBeNull()
})
