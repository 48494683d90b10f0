import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { build } from 'esbuild'
import type { Stage } from '../../lib/connect/postgres/postgres.test-support'
import type { FakeApp } from './app.test-support'

export const EXECUTOR = 'nhi_executor-postgres'

/** Bundled as it ships. */
export async function bundleExecutor(outfile: string): Promise<void> {
  await build({
    entryPoints: [join(import.meta.dirname, 'main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  })
}

export async function writeConfig(folder: string, app: FakeApp, { target }: Stage): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, 'executor.json')
  const secret = async (name: string, value: unknown) => {
    await writeFile(join(folder, name), JSON.stringify(value), { mode: 0o600 })
    await chmod(join(folder, name), 0o600)
  }
  await secret('key.json', app.executorKey)
  await secret('enc.json', app.encKey)
  await secret('executor.json', {
    app: app.origin,
    nhi: EXECUTOR,
    keyFile: 'key.json',
    encKeyFile: 'enc.json',
    pollSeconds: 0.3,
    connectors: [target],
  })
  return path
}

export type Running = {
  readonly child: ChildProcess
  readonly output: () => string
  /** SIGKILL, as a power cut would. */
  readonly kill: () => void
  readonly stop: () => Promise<number | null>
}

export function startExecutor(bundle: string, config: string): Running {
  const child = spawn(process.execPath, [bundle], {
    env: { ...process.env, ON_RECORD_EXECUTOR_CONFIG: config },
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  const ended = new Promise<number | null>((done) => child.once('exit', done))
  return {
    child,
    output: () => output,
    kill: () => void child.kill('SIGKILL'),
    stop: () => {
      child.kill('SIGTERM')
      return ended
    },
  }
}

export async function until(what: () => boolean | Promise<boolean>, most = 8_000): Promise<void> {
  for (const before = Date.now(); ; await pause(20)) {
    if (await what()) return
    if (Date.now() - before > most) throw new Error(`Waited in vain for ${what}`)
  }
}
