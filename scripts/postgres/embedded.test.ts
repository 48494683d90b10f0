import { execFileSync, spawn } from 'node:child_process'
import { access, chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Postgres, startPostgres } from './embedded'
import { temporaryPostgres } from './temporary'

const asRoot = process.getuid?.() === 0
let folder: string
let running: Postgres | null = null

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'on-record-embedded-'))
  await chmod(folder, 0o711)
})

afterAll(async () => {
  await running?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function one<Row extends object>(
  server: Postgres,
  query: string,
  password = server.password,
): Promise<Row> {
  const sql = postgres({
    host: server.host,
    port: server.port,
    user: server.superuser,
    password,
    database: 'postgres',
    max: 1,
  })
  try {
    const [row] = await sql.unsafe<Row[]>(query)
    if (!row) throw new Error('no row')
    return row
  } finally {
    await sql.end()
  }
}

describe('the embedded PostgreSQL', () => {
  it('starts version 18 with checksums, SCRAM, UTF-8 and a locale that every machine has', async () => {
    running = await startPostgres({ folder })
    expect(running.adopted).toBe(false)
    const facts = await one(
      running,
      `select current_setting('server_version_num')::int / 10000 as version, current_setting('data_checksums') as checksums,
        current_setting('password_encryption') as encryption, current_setting('server_encoding') as encoding,
        current_setting('fsync') as fsync, d.datlocprovider as provider, d.datlocale as locale,
        (select rolpassword like 'SCRAM-SHA-256$%' from pg_authid where rolname = current_user) as scram
       from pg_database d where datname = current_database()`,
    )
    expect(facts).toEqual({
      version: 18,
      checksums: 'on',
      encryption: 'scram-sha-256',
      encoding: 'UTF8',
      fsync: 'on',
      provider: 'b',
      locale: 'C.UTF-8',
      scram: true,
    })
  })

  it('listens on 127.0.0.1 alone, without a socket in the file system', async () => {
    if (!running) throw new Error('not started')
    const facts = await one(
      running,
      `select current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets`,
    )
    expect(facts).toEqual({ addresses: '127.0.0.1', sockets: '' })
  })

  it('keeps the superuser password in a file only its owner can read, and refuses another', async () => {
    if (!running) throw new Error('not started')
    const file = join(folder, 'superuser-password')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await readFile(file, 'utf8')).trim()).toBe(running.password)
    await expect(one(running, 'select 1 as one', 'wrong')).rejects.toMatchObject({ code: '28P01' })
  })

  it('stops, and starts again on the same port in less than a second with what was stored', async () => {
    if (!running) throw new Error('not started')
    const { port } = running
    await one(running, `create table kept as select 'word' as word; select word from kept`).catch(() => null)
    await running.stop()
    await running.stop()
    const before = performance.now()
    running = await startPostgres({ folder })
    expect(performance.now() - before).toBeLessThan(1_000)
    expect(running.port).toBe(port)
    expect(await one(running, 'select word from kept')).toEqual({ word: 'word' })
  })

  it('adopts the server whose launcher was killed with kill -9', async () => {
    if (!running) throw new Error('not started')
    await running.stop()
    const launcher = spawn(process.execPath, [await bundled('killed.fixture.ts'), folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const said = await new Promise<string>((done) =>
      launcher.stdout.once('data', (chunk: Buffer) => done(chunk.toString())),
    )
    launcher.kill('SIGKILL')
    const before = performance.now()
    running = await startPostgres({ folder })
    expect(performance.now() - before).toBeLessThan(1_000)
    expect(running.adopted).toBe(true)
    expect(running.pid).toBe(JSON.parse(said).pid)
    expect(await one(running, 'select word from kept')).toEqual({ word: 'word' })
    await running.stop()
    expect(alive(running.pid)).toBe(false)
  })

  it('starts over a postmaster.pid that a crash left behind, even when its process id belongs to somebody else now', async () => {
    running = await startPostgres({ folder })
    const file = join(folder, 'data', 'postmaster.pid')
    const lines = (await readFile(file, 'utf8')).split('\n')
    process.kill(running.pid, 'SIGKILL')
    await untilGone(running.pid)
    await writeFile(file, [String(process.pid), ...lines.slice(1)].join('\n'))
    running = await startPostgres({ folder })
    expect(running.adopted).toBe(false)
    expect(await one(running, 'select word from kept')).toEqual({ word: 'word' })
  })

  it('takes another port when the remembered one is taken', async () => {
    if (!running) throw new Error('not started')
    const { port } = running
    await running.stop()
    const { createServer } = await import('node:net')
    const squatter = createServer().listen(port, '127.0.0.1')
    await new Promise((done) => squatter.once('listening', done))
    try {
      running = await startPostgres({ folder })
      expect(running.port).not.toBe(port)
    } finally {
      squatter.close()
    }
  })

  it.runIf(asRoot)('names the folder that the account of PostgreSQL cannot enter', async () => {
    const closed = join(folder, 'closed')
    await mkdir(closed, { mode: 0o700 })
    await expect(startPostgres({ folder: join(closed, 'db') })).rejects.toThrow(`can't enter ${closed}`)
  })

  it('makes a throwaway cluster for tests and removes it', async () => {
    const server = await temporaryPostgres()
    expect(await one(server, `select current_setting('fsync') as fsync`)).toEqual({ fsync: 'off' })
    await server.stop()
    await expect(access(server.folder)).rejects.toThrow()
  })

  it('removes the throwaway cluster of a test run that was killed', async () => {
    const launcher = spawn(process.execPath, [await bundled('killed.fixture.ts'), 'temporary'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const said = await new Promise<string>((done) =>
      launcher.stdout.once('data', (chunk: Buffer) => done(chunk.toString())),
    )
    const left: { pid: number; folder: string } = JSON.parse(said)
    const ended = new Promise((done) => launcher.once('exit', done))
    launcher.kill('SIGKILL')
    await ended
    expect(alive(left.pid)).toBe(true)
    const next = await temporaryPostgres()
    expect(alive(left.pid)).toBe(false)
    await expect(access(left.folder)).rejects.toThrow()
    await next.stop()
  })
})

async function bundled(name: string): Promise<string> {
  const outfile = join(folder, 'launcher.mjs')
  await build({
    entryPoints: [join(import.meta.dirname, name)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
  })
  return outfile
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !/^Z/.test(
      execFileSync('ps', ['-p', String(pid), '-o', 'stat='])
        .toString()
        .trim(),
    )
  } catch {
    return false
  }
}

async function untilGone(pid: number): Promise<void> {
  while (alive(pid)) await new Promise((done) => setTimeout(done, 20))
}
