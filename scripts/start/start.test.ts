import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseVkey } from '../../lib/record/note'
import { freePort } from '../free-port.mjs'
import { supervise } from './child'
import { foldersIn, makeFolders } from './folders'
import { fillRings } from './key-rings'
import { executorKeys, publicKeys } from './keys'
import { claim, holder } from './lock'
import { endOrphans } from './orphans'
import { ensureFree, freePortLike } from './ports'
import { born, isRunning } from './process'

let folder: string
const ended: (() => Promise<unknown>)[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'on-record-start-'))
  await chmod(folder, 0o711)
})

afterEach(async () => {
  await Promise.all(ended.splice(0).map((end) => end()))
  await rm(folder, { recursive: true, force: true })
})

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 15_000; !(await what()); ) {
    if (Date.now() > end) throw new Error('it did not happen')
    await new Promise((done) => setTimeout(done, 20))
  }
}

describe('the keys of an installation', () => {
  it('are made once, and stay the same', async () => {
    const folders = foldersIn(folder)
    await makeFolders(folders)
    const first = publicKeys(await fillRings(folders, {}, 'record.example/log'))
    expect(publicKeys(await fillRings(folders, {}, 'elsewhere.example/log'))).toEqual(first)
    expect(first.origin).toBe('record.example/log')
    expect(parseVkey(first.log.vkey).name).toBe('record.example/log')
    expect(first.export.key).toMatch(/^ssh-ed25519 \S+$/)
  })

  it('can be read by their owner alone, and lie with the process that uses them', async () => {
    const folders = foldersIn(folder)
    await makeFolders(folders)
    const { application, sequencer } = await fillRings(folders, {}, 'record.example/log')
    await executorKeys(folders)
    const files = [
      ...['warrant', 'token', 'fingerprint', 'mac', 'export'].flatMap((purpose) =>
        application.held(purpose).map(({ kid }) => join(folders.keys, purpose, `${kid}.key`)),
      ),
      ...sequencer.held('log').map(({ kid }) => join(folders.sequencer, 'log', `${kid}.key`)),
      folders.keyEncryption,
      join(folders.executor, 'sig.jwk'),
      join(folders.executor, 'enc.jwk'),
    ]
    expect(files).toHaveLength(9)
    for (const file of files) expect((await stat(file)).mode & 0o777).toBe(0o600)
  })
})

describe('one launcher for each data folder', () => {
  it('names the one that runs already', async () => {
    const file = join(folder, 'running.json')
    const lock = await claim(file, 'http://localhost:3000')
    await expect(claim(file, 'http://localhost:3001')).rejects.toThrow(
      `On Record is already running on this data folder, at http://localhost:3000 (process ${process.pid}).`,
    )
    await lock.release()
    expect(await holder(file)).toBeNull()
  })

  it('takes over from one that was killed, even when its process id belongs to somebody else by now', async () => {
    const file = join(folder, 'running.json')
    await writeFile(
      file,
      JSON.stringify({ pid: process.pid, born: 'long ago', url: 'http://localhost:3000' }),
    )
    await expect(claim(file, 'http://localhost:3001')).resolves.toBeDefined()
  })
})

describe('a supervised program', () => {
  it('is started again when it ends by itself, and told to stop once', async () => {
    const folders = { logs: folder, run: folder }
    const file = join(folder, 'lives')
    const script = `require('fs').appendFileSync(${JSON.stringify(file)}, process.pid + ' '); setTimeout(() => process.exit(3), 50)`
    const child = supervise(
      { name: 'brief', args: ['-e', script], cwd: folder, env: {}, patience: 1_000 },
      folders,
    )
    ended.push(child.stop)
    await until(async () => (await readFile(file, 'utf8').catch(() => '')).trim().split(' ').length >= 2)
    await child.stop()
    const lives = await readFile(file, 'utf8')
    await new Promise((done) => setTimeout(done, 600))
    expect(await readFile(file, 'utf8')).toBe(lives)
    expect(await readFile(join(folder, 'brief.log'), 'utf8')).toContain(
      '"level":"error","name":"brief","msg":"ended with code 3',
    )
  })

  it('is told nothing but what is meant for it', async () => {
    const file = join(folder, 'environment')
    const script = `require('fs').writeFileSync(${JSON.stringify(file)}, JSON.stringify(process.env)); setInterval(() => {}, 1000)`
    process.env.SOMEBODY_ELSES_SECRET = 'hunter2'
    const child = supervise(
      { name: 'told', args: ['-e', script], cwd: folder, env: { ITS: 'own' }, patience: 1_000 },
      { logs: folder, run: folder },
    )
    ended.push(child.stop)
    await until(async () => (await readFile(file, 'utf8').catch(() => '')) !== '')
    delete process.env.SOMEBODY_ELSES_SECRET
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ ITS: 'own' })
  })

  it('that a killed launcher left behind is ended by the next one', async () => {
    const run = join(folder, 'run')
    await mkdir(run)
    const orphan = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
    const known = await born(orphan.pid ?? 0)
    if (!known) throw new Error('not started')
    await writeFile(join(run, 'web.json'), JSON.stringify(known))
    await writeFile(join(run, 'worker.json'), JSON.stringify({ pid: process.pid, born: 'long ago' }))
    await endOrphans(run)
    expect(await isRunning(known)).toBe(false)
  })
})

describe('ports', () => {
  it('that are taken are told in a sentence', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((done) => other.once('listening', done))
    ended.push(() => new Promise((done) => other.close(done)))
    const address = other.address()
    const port = typeof address === 'object' && address ? address.port : 0
    await expect(ensureFree(port, '127.0.0.1')).rejects.toThrow(`Port ${port} is taken by another program.`)
  })

  it('are remembered', async () => {
    const file = join(folder, 'port')
    const port = await freePortLike(file)
    expect(await freePortLike(file)).toBe(port)
    expect(port).not.toBe(await freePort())
  })
})
