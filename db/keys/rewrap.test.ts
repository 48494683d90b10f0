import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { build } from 'esbuild'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { APPLICATION_KEYS, LOG_KEY, newApplicationKey, newKeyOfLog } from './make'
import { rewrap } from './rewrap'
import { keyRing } from './ring'
import type { PrivateKey } from './sealed-file'
import { commandWrapper, type KeyWrapper, localWrapper } from './wrapper'

let folder: string
const fresh = () => new Uint8Array(randomBytes(32))
const [OLD, NEW] = [fresh(), fresh()]
const [old, next] = [localWrapper(OLD), localWrapper(NEW)]
const web = () => join(folder, 'keys')
const log = () => join(folder, 'sequencer')
const both = (from: KeyWrapper, to: KeyWrapper) => [web(), log()].map((each) => ({ folder: each, from, to }))

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'on-record-rewrap-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** An installation's keys under the old key, two of one purpose. */
function filled(): PrivateKey[] {
  const own = [...APPLICATION_KEYS, 'export' as const].map(newApplicationKey)
  for (const key of own) keyRing(web(), old).add(key)
  const logKey = newKeyOfLog('record.example/log')
  keyRing(log(), old).add(logKey)
  writeFileSync(join(log(), 'checkpoint'), 'none of ours')
  return [...own, logKey]
}

const held = (wrapper: KeyWrapper) =>
  [...APPLICATION_KEYS, LOG_KEY].flatMap((purpose) =>
    keyRing(purpose === LOG_KEY ? log() : web(), wrapper).held(purpose),
  )
const byId = (keys: readonly PrivateKey[]) => [...keys].sort((a, b) => (a.kid < b.kid ? -1 : 1))
const files = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  )
const contents = () => files().map((name) => [name, readFileSync(join(folder, name), 'utf8')])

describe('C70 encrypting the private keys under another key', () => {
  it('leaves every key what it is; the old key opens none of them any more', () => {
    const keys = filled()
    const names = files()
    expect(rewrap(both(old, next))).toEqual({ anew: 7, already: 0 })
    expect(byId(held(next))).toEqual(byId(keys))
    expect(() => keyRing(web(), old).held('warrant')).toThrow(/does not open the warrant key/)
    expect(() => keyRing(log(), old).held(LOG_KEY)).toThrow(/does not open the log key/)
    expect(files()).toEqual(names)
    for (const name of names.filter((each) => each.endsWith('.key')))
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
    expect(rewrap(both(old, next))).toEqual({ anew: 0, already: 7 })
  })

  it('changes nothing where one of them opens with neither key', () => {
    filled()
    keyRing(web(), localWrapper(fresh())).add(newApplicationKey('token'))
    const before = contents()
    expect(() => rewrap(both(old, next))).toThrow(/does not open the token key/)
    expect(() => rewrap(both(localWrapper(fresh()), next))).toThrow(/does not open/)
    expect(contents()).toEqual(before)
  })

  it('changes nothing where the new key management service fails in the middle', () => {
    filled()
    const before = contents()
    let calls = 0
    const failing: KeyWrapper = {
      ...next,
      wrap: (...asked) => {
        calls += 1
        return calls === 4 ? commandWrapper('/nowhere/kms').wrap(...asked) : next.wrap(...asked)
      },
    }
    expect(() => rewrap(both(old, failing))).toThrow(/could not wrap/)
    expect(contents()).toEqual(before)
  })

  it('finishes what was half done, and clears away what was begun', () => {
    const keys = filled()
    rewrap([{ folder: log(), from: old, to: next }])
    const [half = ''] = files().filter((name) => name.endsWith('.key'))
    writeFileSync(join(folder, `${half}.0123456789ab`), 'half a file')
    expect(rewrap(both(old, next))).toEqual({ anew: 6, already: 1 })
    expect(byId(held(next))).toEqual(byId(keys))
    expect(files().filter((name) => !name.endsWith('.key'))).toEqual([join('sequencer', 'checkpoint')])
  })

  it('C19 killed with kill -9 at any moment, leaves each file whole under one of the two keys; once more finishes it', async () => {
    const program = join(folder, 'rewrap.mjs')
    await build({
      ...{ entryPoints: ['db/keys/rewrap.fixture.ts'], outfile: program, bundle: true },
      ...{ platform: 'node', format: 'esm', logLevel: 'error' },
    })
    const template = join(folder, 'template')
    const keys = Array.from({ length: 150 }, () => newApplicationKey('export'))
    for (const key of keys) keyRing(template, old).add(key)
    let mixed = 0
    for (const delay of [0, 2, 5, 10, 20, 40]) {
      const place = join(folder, `killed-${delay}`)
      mkdirSync(place)
      cpSync(template, place, { recursive: true })
      const words = [OLD, NEW].map((key) => Buffer.from(key).toString('base64url'))
      const child = spawn(process.execPath, [program, place, ...words], { stdio: 'inherit' })
      const ended = new Promise((done) => child.once('exit', done))
      const texts = () => readFileSync(join(place, 'export', `${keys[0]?.kid}.key`), 'utf8')
      const before = texts()
      // The first of them has taken its file's place: from then on it is in the middle.
      while (texts() === before && child.exitCode === null) await pause(1)
      await pause(delay)
      child.kill('SIGKILL')
      await ended
      const { anew, already } = rewrap([{ folder: place, from: old, to: next }])
      expect(anew + already).toBe(150)
      if (anew > 0 && already > 0) mixed += 1
      expect(byId(keyRing(place, next).held('export'))).toEqual(byId(keys))
      expect(readdirSync(join(place, 'export')).every((name) => name.endsWith('.key'))).toBe(true)
    }
    expect(mixed).toBeGreaterThan(0)
  })
})
