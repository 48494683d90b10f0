import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** Another team's witness, by the very command that Settings shows. */
export type Witness = { readonly vkey: string; readonly url: string; readonly stop: () => Promise<void> }

/** @param again the one that was stopped: it comes back with its key and its memory, where it was */
export async function startWitness(name: string, log: string, again?: Witness): Promise<Witness> {
  const folder = folders.get(again?.vkey ?? '') ?? mkdtempSync(join(tmpdir(), 'on-record-e2e-witness-'))
  const child: ChildProcess = spawn(
    process.execPath,
    [
      ...['bin/on-record.mjs', 'witness', '--log', log, '--name', name, '--folder', folder, '--json'],
      ...['--port', again ? new URL(again.url).port : '0'],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const line = await new Promise<string>((done, fail) => {
    if (child.stdout) createInterface({ input: child.stdout }).once('line', done)
    child.once('exit', (code) => fail(new Error(`The witness ended with ${code}.`)))
  })
  const { vkey, url } = JSON.parse(line) as { vkey: string; url: string }
  folders.set(vkey, folder)
  const stop = () =>
    new Promise<void>((done) => {
      if (child.exitCode !== null || child.signalCode !== null) return done()
      child.once('exit', () => done())
      child.kill('SIGTERM')
    })
  return { vkey, url, stop }
}

const folders = new Map<string, string>()
