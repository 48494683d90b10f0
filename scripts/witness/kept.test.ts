import { mkdtemp, readdir, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  add,
  aLog,
  bundleWitness,
  type RunningWitness,
  runWitness,
  startWitness,
} from './witness.test-support'

let bundle: string
let folder: string
const running: RunningWitness[] = []
const log = aLog('record.halden.example/log')

beforeAll(async () => {
  bundle = await bundleWitness()
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'on-record-witness-'))
})
afterAll(() => Promise.all(running.map((each) => each.kill())))

async function started(logs: readonly string[] = [log.vkey], ...more: string[]): Promise<RunningWitness> {
  const witness = await startWitness(bundle, folder, logs, ...more)
  running.push(witness)
  return witness
}

describe('what a witness keeps', () => {
  it('is a key of its own that is made once, under a name that stays', async () => {
    const first = await started([log.vkey], '--name', 'witness.other-team.example/one')
    expect(first.vkey).toMatch(/^witness\.other-team\.example\/one\+[0-9a-f]{8}\+B/)
    expect(await first.stop()).toBe(0)
    const again = await started([])
    expect(again.vkey).toBe(first.vkey)
    expect(await again.stop()).toBe(0)
    expect((await stat(join(folder, 'key'))).mode & 0o777).toBe(0o600)
    const renamed = runWitness(bundle, ['--folder', folder, '--port', '0', '--name', 'another.example/w'])
    expect(await renamed.ended).toBe(1)
    expect(renamed.output()).toContain('a name is for ever')
  })

  it('is never taken for nothing when it can’t be read', async () => {
    const witness = await started()
    await add(witness.url, log.request(0, 10))
    await witness.stop()
    const [name = ''] = await readdir(join(folder, 'cosigned'))
    await writeFile(join(folder, 'cosigned', name), 'torn')
    const again = runWitness(bundle, ['--folder', folder, '--port', '0'])
    expect(await again.ended).toBe(1)
  })

  it('belongs to one running witness', async () => {
    await started()
    const second = runWitness(bundle, ['--folder', folder, '--port', '0'])
    expect(await second.ended).toBe(1)
    expect(second.output()).toContain('A witness runs on')
  })
})

describe('the command', () => {
  it('explains itself, and says what it was told wrongly', async () => {
    const help = runWitness(bundle, ['--help'])
    expect(await help.ended).toBe(0)
    expect(help.output()).toContain('Usage: on-record witness')
    for (const wrong of [['--port', 'many'], ['--verbose']]) {
      const run = runWitness(bundle, wrong)
      expect(await run.ended).toBe(2)
    }
    const notAKey = runWitness(bundle, ['--folder', folder, '--port', '0', '--log', 'record.example'])
    expect(await notAKey.ended).toBe(1)
    expect(notAKey.output()).toContain('not a verifier key')
  })
})
