import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CLIENT } from '@/app/_doors/oidc-provider.test-support'
import { newJwk } from '@/db/keys/make'
import { stage } from '@/lib/connect/postgres/postgres.test-support'
import { freePort } from '@/scripts/free-port.mjs'
import { openSignOn } from './provider'

const HOME = join(import.meta.dirname, '..', '..')
export type Installation = Awaited<ReturnType<typeof install>>

/** On Record as an organisation runs it: its own PostgreSQL, its own single sign-on, its own executor. `admin` is the first administrator's address. */
export async function install(accounts: readonly string[], admin: string) {
  const url = `http://localhost:${await freePort()}`
  const target = await stage()
  const signOn = await openSignOn(`${url}/api/auth/callback/oidc`, accounts)
  await target.superuser.unsafe('create database on_record')
  const server = program(['bin/on-record.mjs', 'start', '--as-built'], {
    DATABASE_URL: target.server.url('on_record'),
    PORT: new URL(url).port,
    ON_RECORD_URL: url,
    ON_RECORD_DATA: join(target.folder, 'data'),
    ON_RECORD_ORG_NAME: 'Halden Instruments',
    ON_RECORD_ADMIN_EMAIL: admin,
    ON_RECORD_KEY_ENCRYPTION_KEY: randomBytes(32).toString('base64url'),
    AUTH_SECRET: randomBytes(32).toString('base64url'),
    OIDC_ISSUER: signOn.issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
  })
  const running = [server]
  await server.says('On Record is at')
  return {
    url,
    signOn,
    target,
    /** The executor's keys as it makes them: what is enrolled are the public halves. */
    executorKeys: async () => {
      const [sig, enc] = [await keyIn(target.folder, 'sig.jwk'), await keyIn(target.folder, 'enc.jwk')]
      return { sig, enc }
    },
    startExecutor: async (nhi: string) => {
      const config = join(target.folder, 'executor.json')
      const keys = { keyFile: 'sig.jwk', encKeyFile: 'enc.jwk' }
      await secret(
        config,
        JSON.stringify({ app: url, nhi, ...keys, pollSeconds: 0.3, connectors: [target.target] }),
      )
      running.unshift(program(['dist/executor.mjs'], { ON_RECORD_EXECUTOR_CONFIG: config }))
    },
    stop: async () => {
      for (const each of running) await each.stop()
      signOn.close()
      await target.end()
    },
  }
}

async function keyIn(folder: string, name: string) {
  const text = newJwk()
  await secret(join(folder, name), text)
  const { x, y } = JSON.parse(text) as { x: string; y: string }
  return { kty: 'EC', crv: 'P-256', x, y }
}

async function secret(path: string, text: string): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true })
  await writeFile(path, text, { mode: 0o600 })
}

/** A program of ours with nothing in its environment but what is given and the way to other programs. */
function program(args: string[], env: Record<string, string>) {
  const { PATH = '', HOME: home = '' } = process.env
  const child = spawn(process.execPath, args, {
    cwd: HOME,
    env: { NODE_ENV: 'production', PATH, HOME: home, ...env },
  })
  const output = { text: '' }
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => {
      output.text += part.toString()
    })
  return { says: (words: string) => said(child, output, words), stop: () => stopped(child) }
}

function said(child: ChildProcess, output: { text: string }, words: string): Promise<void> {
  return new Promise((done, fail) => {
    child.stdout?.on('data', () => output.text.includes(words) && done())
    child.once('exit', (code) => fail(new Error(`It ended with ${code}: ${output.text}`)))
  })
}

function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve()
  return new Promise((done) => {
    child.once('exit', () => done())
    child.kill('SIGTERM')
  })
}
