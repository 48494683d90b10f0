import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'

/** A program, bundled as it ships. */
export async function bundleProgram(name: 'sequencer' | 'worker'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `on-record-${name}-`))
  await symlink(resolve('node_modules'), join(folder, 'node_modules'))
  const outfile = join(folder, `${name}.mjs`)
  await build({
    entryPoints: [`scripts/${name}/main.ts`],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
  })
  return outfile
}

export type Running = {
  readonly output: () => string
  /** SIGKILL, as the kernel sends it when memory runs out. */
  readonly kill: () => Promise<void>
}

export function startProgram(bundle: string, env: Readonly<Record<string, string>>): Running {
  const child: ChildProcess = spawn(process.execPath, [bundle], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  return {
    output: () => output,
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}
