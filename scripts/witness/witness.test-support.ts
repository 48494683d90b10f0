import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { inject } from 'vitest'
import { connect } from '../../db/client'
import { utf8 } from '../../lib/record/bytes'
import { signCheckpoint } from '../../lib/record/checkpoint'
import { EMPTY_EDGE, extend } from '../../lib/record/extend'
import { formatVkey, noteSigner } from '../../lib/record/note'
import { tilePath } from '../../lib/record/tile'
import { consistencyProof } from '../../lib/record/tile-proof'
import { addCheckpointBody } from '../../lib/record/witness'

/** Bundled as it ships: one file. */
export async function bundleWitness(): Promise<string> {
  const outfile = join(await mkdtemp(join(tmpdir(), 'on-record-witness-')), 'witness.mjs')
  await build({
    entryPoints: ['scripts/witness/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
  })
  return outfile
}

/** A database of its own in the run's PostgreSQL. */
export async function newDatabase(): Promise<string> {
  const name = `witness_${randomUUID().slice(0, 8)}`
  const maker = connect(inject('cluster'), 1, 'test')
  await maker.unsafe(`create database ${name}`)
  await maker.end()
  const url = new URL(inject('cluster'))
  url.pathname = `/${name}`
  return url.href
}

export type RunningWitness = {
  readonly child: ChildProcess
  readonly url: string
  readonly vkey: string
  /** SIGKILL, as a power cut would. */
  readonly kill: () => Promise<void>
  readonly stop: () => Promise<number | null>
  readonly output: () => string
}

export async function startWitness(
  bundle: string,
  folder: string,
  logs: readonly string[],
  ...more: string[]
): Promise<RunningWitness> {
  const { child, output, ended } = runWitness(bundle, [
    ...['--folder', folder, '--port', '0', '--json'],
    ...logs.flatMap((vkey) => ['--log', vkey]),
    ...more,
  ])
  const line = await new Promise<string>((done, fail) => {
    child.stdout?.once('data', (chunk: Buffer) => done(chunk.toString()))
    ended.then((code) => fail(new Error(`The witness ended with ${code}: ${output()}`)))
  })
  const { url, vkey } = JSON.parse(line) as { url: string; vkey: string }
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal)
    return ended
  }
  return {
    ...{ child, url, vkey, output },
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  }
}

export function runWitness(bundle: string, args: readonly string[]) {
  const child = spawn(process.execPath, [bundle, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  const ended = new Promise<number | null>((done) => child.once('exit', done))
  return { child, output: () => output, ended }
}

/** A log that grows as it is asked to; with another `story` it is another history under the same key. */
export function aLog(origin: string, story = 'what happened', seed = new Uint8Array(32).fill(9)) {
  const signer = noteSigner(origin, seed)
  const entries = Array.from({ length: 600 }, (_, i) => utf8(`${story} ${i}`))
  const grown = extend(EMPTY_EDGE, entries)
  const tiles = new Map(grown.changed.map((tile) => [tilePath({ ...tile, width: 256 }), tile.bytes]))
  const read = ({ level, index, width }: { level: number; index: number; width: number }) =>
    tiles.get(tilePath({ level, index, width: 256 }))?.subarray(0, width * 32) ?? new Uint8Array()
  const checkpoint = (size: number) =>
    signCheckpoint({ origin, size, root: extend(EMPTY_EDGE, entries.slice(0, size)).root }, signer)
  return {
    vkey: formatVkey(signer),
    checkpoint,
    /** What `POST add-checkpoint` sends. */
    request: (old: number, size: number) =>
      addCheckpointBody(old, consistencyProof(read, Math.min(old, size), size), checkpoint(size)),
  }
}

export async function add(url: string, body: string) {
  const answer = await fetch(`${url}/add-checkpoint`, { method: 'POST', body })
  return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.text() }
}
