import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TaskList } from 'graphile-worker'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { connect } from '../../db/client'
import {
  aCase,
  comment,
  done,
  LOG_ORIGIN,
  ORIGIN,
  type TestDatabase,
  testDatabase,
} from '../../db/database.test-support'
import { fillApplicationRing } from '../../db/keys/adopt'
import { type LiveKeys, liveKeys } from '../../db/keys/live'
import { logSeed } from '../../db/keys/log-key'
import { logKeysIn } from '../../db/keys/log-keys'
import { newApplicationKey, newKeyOfLog } from '../../db/keys/make'
import { publicHalf } from '../../db/keys/public-half'
import { type KeyRing, keyRing } from '../../db/keys/ring'
import { folderKey, keyBytes, localWrapper } from '../../db/keys/wrapper'
import { keptIn } from '../../db/log/kept'
import { rebuild } from '../../db/rebuild'
import { sampleActor, setUp } from '../../db/seed/actors'
import { SAMPLE_ORG } from '../../db/seed/people'
import { sequencer } from '../../db/sequencer'
import { checkNote, formatVkey, noteSigner, parseNote, parseVkey } from '../../lib/record/note'
import type { Registry } from '../../lib/registry/registry'
import { keyTasks } from './key-tasks'

const MASTER = new Uint8Array(32).fill(9)
const ORIGIN_OF_LOG = `${LOG_ORIGIN}/${SAMPLE_ORG}`
let test: TestDatabase
let application: KeyRing
let log: KeyRing
let tasks: TaskList
/** As a process that asks for the first time. */
let live: () => LiveKeys
let seal: () => Promise<number>
let close: () => Promise<void>

beforeAll(async () => {
  test = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'on-record-rotation-'))
  const [appKey, logKey] = [folderKey(MASTER, 'application'), folderKey(MASTER, 'sequencer')]
  application = keyRing(join(folder, 'keys'), localWrapper(keyBytes(appKey)))
  log = keyRing(join(folder, 'sequencer'), localWrapper(keyBytes(logKey)))
  fillApplicationRing(application, join(folder, 'keys'))
  log.add(newKeyOfLog(ORIGIN_OF_LOG))
  const environment = { ON_RECORD_KEYS: join(folder, 'keys'), ON_RECORD_KEY_ENCRYPTION_KEY: appKey }
  const settings = { queueUrl: '', appUrl: '', origin: ORIGIN, org: SAMPLE_ORG, environment }
  tasks = keyTasks({ ...settings, deps: test.deps, log: pino({ level: 'silent' }) })
  live = () => liveKeys(test.deps.sql, SAMPLE_ORG, application)
  const sql = connect(test.url('on_record_sequencer'), 2, 'test sequencer')
  seal = sequencer(sql, logKeysIn(log), keptIn(test.keptFolder))
  close = async () => {
    await sql.end()
    await test.close()
  }
  const first = (purpose: 'warrant' | 'token' | 'export') => {
    const [key] = application.held(purpose)
    return key ? publicHalf(purpose, key) : null
  }
  await registry('publishKeys', {
    warrant: first('warrant'),
    token: first('token'),
    export: first('export'),
    log: { vkey: vkeysHeld()[0] },
  })
  await seal()
})

afterAll(() => close())
afterEach(() => void vi.useRealTimers())

function registry(command: string, input: unknown, actor = setUp(SAMPLE_ORG)) {
  return done(test.deps, actor, { kind: 'registry', stream: 'registry', command, input })
}

async function order(purpose: string, overlap_hours: number | null = null): Promise<string> {
  const input = { purpose, overlap_hours, reason: 'The yearly rotation.' }
  await done(test.deps, sampleActor('usr_farid'), {
    kind: 'registry',
    stream: 'registry',
    command: 'rotateKey',
    input,
  })
  const { rotations } = await state()
  return rotations.find((each) => each.purpose === purpose)?.rotation ?? ''
}

async function state(): Promise<Registry> {
  const [row] = await test.admin<{ state: Registry }[]>`
    select state from stream where org = ${SAMPLE_ORG} and stream = 'registry'`
  if (!row) throw new Error('no registry')
  return row.state
}

async function run(task: string, payload: object): Promise<void> {
  // biome-ignore lint/suspicious/noExplicitAny: the queue's helpers are of no use to these tasks
  await tasks[task]?.({ org: SAMPLE_ORG, ...payload }, {} as any)
}

const vkeysHeld = () => log.held('log').map(({ text }) => formatVkey(noteSigner(...logSeed(text))))

async function lastCheckpoint() {
  const [row] = await test.admin<{ note: string }[]>`
    select note from checkpoint where org = ${SAMPLE_ORG} order by size desc limit 1`
  return parseNote(row?.note ?? '')
}

function later(seconds: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1_000 })
}

describe('C70 a key of the application, rotated while everything runs', () => {
  it.each(['warrant', 'token'] as const)(
    '%s: the new one is published before it signs, and the old one verifies on',
    async (purpose) => {
      const before = await live()[purpose]()
      const rotation = await order(purpose)
      await run('rotate-key', { rotation, purpose })
      const published = (await live()[`${purpose}s`]()).keys.map(({ kid }) => kid)
      expect(published).toHaveLength(2)
      expect(published).toContain(before.kid)
      expect((await live()[purpose]()).kid, 'not before its time').toBe(before.kid)
      later(180)
      const after = await live()[purpose]()
      expect(after.kid).not.toBe(before.kid)
      expect(published).toContain(after.kid)
      expect((await live()[`${purpose}s`]()).keys.every((key) => !('d' in key))).toBe(true)
    },
  )

  it('export: the new one signs from its time on', async () => {
    const before = await live().export()
    const rotation = await order('export')
    await run('rotate-key', { rotation, purpose: 'export' })
    later(60)
    expect((await live().export()).publicKey).not.toEqual(before.publicKey)
  })

  it('an attempt that was cut off, and one that is repeated, make no second key', async () => {
    const held = () => application.held('warrant').length
    const rotation = await order('warrant')
    application.add(newApplicationKey('warrant'))
    const [most, { warrant_keys }] = [held(), await state()]
    for (let times = 0; times < 2; times++) await run('rotate-key', { rotation, purpose: 'warrant' })
    expect(held()).toBe(most)
    expect((await state()).warrant_keys).toHaveLength(warrant_keys.length + 1)
  })

  it('is not retired before its time, whoever asks', async () => {
    const { key_lives, export_keys } = await state()
    const id = export_keys[0]?.fingerprint ?? ''
    expect(key_lives[id]?.retires).toBeTruthy()
    await run('retire-key', { purpose: 'export', id })
    expect((await state()).key_lives[id]?.retired).toBeNull()
    expect(application.held('export')).toHaveLength(2)
  })
})

describe('C70 the log’s key, rotated while the sequencer runs', () => {
  it('during the overlap checkpoints carry both signatures, and a verifier with either key accepts', async () => {
    const [old = ''] = vkeysHeld()
    const rotation = await order('log', 0)
    await seal()
    await run('rotate-key', { rotation, purpose: 'log' })
    await seal()
    const [, fresh = ''] = vkeysHeld()
    const note = await lastCheckpoint()
    expect(note.signatures).toHaveLength(2)
    for (const vkey of [old, fresh]) {
      expect(parseVkey(vkey).name).toBe(ORIGIN_OF_LOG)
      expect(checkNote(parseVkey(vkey), note), vkey).toBe('signed')
    }
  })

  it('once it is retired it signs nothing, not even the checkpoint that its retirement is in, and is destroyed', async () => {
    const [old = '', fresh = ''] = vkeysHeld()
    await run('retire-key', { purpose: 'log', id: old })
    await seal()
    const note = await lastCheckpoint()
    expect(checkNote(parseVkey(old), note)).toBe('not_signed')
    expect(checkNote(parseVkey(fresh), note)).toBe('signed')
    expect(vkeysHeld()).toEqual([fresh])
  })

  it('a sequencer that starts again goes on with the new key, and carries out an order that it was killed over', async () => {
    const again = connect(test.url('on_record_sequencer'), 2, 'test sequencer')
    const rotation = await order('log')
    const held = vkeysHeld()
    try {
      const restarted = sequencer(again, logKeysIn(log), keptIn(test.keptFolder))
      await restarted()
      await run('rotate-key', { rotation, purpose: 'log' })
      expect(vkeysHeld()).toHaveLength(held.length + 1)
      await comment(test.deps, await aCase(test.deps), 'after the rotation')
      await restarted()
      expect((await lastCheckpoint()).signatures).toHaveLength(2)
    } finally {
      await again.end()
    }
  })

  it('one that holds no key of the record signs nothing', async () => {
    const stranger = connect(test.url('on_record_sequencer'), 2, 'test sequencer')
    const nothing = () => {
      throw new Error('not asked')
    }
    const keys = {
      signers: (name: string) => [noteSigner(name, new Uint8Array(32).fill(5))],
      make: nothing,
      destroy: nothing,
    }
    try {
      await comment(test.deps, await aCase(test.deps), 'for nobody to sign')
      await expect(sequencer(stranger, keys, keptIn(test.keptFolder))()).rejects.toThrow(
        `The record shows no key of ${ORIGIN_OF_LOG} that this process holds.`,
      )
    } finally {
      await stranger.end()
    }
  })
})

it('C70 the tables say what the record says after all of it', async () => {
  expect((await rebuild(test.admin, { org: SAMPLE_ORG, repair: false })).differences).toEqual([])
})
