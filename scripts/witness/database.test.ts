import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Client, connect } from '../../db/client'
import {
  add,
  aLog,
  bundleWitness,
  newDatabase,
  type RunningWitness,
  runWitness,
  startWitness,
} from './witness.test-support'

const ORIGIN = 'record.halden.example/log'
const log = aLog(ORIGIN)
let bundle: string
let database: string
let admin: Client
let folder: string
const running: RunningWitness[] = []

beforeAll(async () => {
  bundle = await bundleWitness()
  database = await newDatabase()
  admin = connect(database, 1, 'test')
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'on-record-witness-'))
})
afterAll(async () => {
  await Promise.all(running.map((each) => each.kill()))
  await admin?.end()
})

async function started(...more: string[]): Promise<RunningWitness> {
  const witness = await startWitness(bundle, folder, [log.vkey], ...more)
  running.push(witness)
  return witness
}
const withDatabase = () => started('--database', database)
const run = (...more: string[]) => runWitness(bundle, ['--folder', folder, '--port', '0', ...more])

describe('two witness processes on one database', () => {
  it('C24 C27 never sign two histories: of both sides of a fork, asked at once, one is signed', async () => {
    const both = [await withDatabase(), await withDatabase()] as const
    expect(both[0].vkey).toBe(both[1].vkey)
    const sides = Array.from({ length: 16 }, (_, i) => aLog(ORIGIN, `story ${i}`))
    const answers = await Promise.all(
      sides.map((side, i) => add(both[i % 2 === 0 ? 0 : 1].url, side.request(0, 4))),
    )
    const signed = answers.flatMap(({ status }, i) => (status === 200 ? [sides[i]] : []))
    expect(answers.filter(({ status }) => status !== 200).map(({ status }) => status)).toEqual(
      Array.from({ length: 15 }, () => 409),
    )
    const [winner] = signed
    if (!winner) throw new Error('none was signed')
    for (const { url } of both) {
      const other = aLog(ORIGIN, 'yet another story')
      expect((await add(url, other.request(4, 4))).status).toBe(409)
      expect((await add(url, other.request(4, 9))).status).toBe(422)
      expect((await add(url, winner.request(4, 4))).status).toBe(200)
    }
  })

  it('C27 know at once what the other has signed, also when one of them is killed in between', async () => {
    const [one, two] = [await withDatabase(), await withDatabase()]
    for (let size = 0; size < 40; size++)
      expect((await add(size % 2 ? one.url : two.url, log.request(size, size + 1))).status).toBe(200)
    await one.kill()
    expect(await add(two.url, log.request(10, 50))).toMatchObject({ status: 409, body: '40\n' })
    expect((await add((await withDatabase()).url, log.request(40, 50))).status).toBe(200)
  })
})

describe('a witness on a database', () => {
  it('signs nothing that it could not keep', async () => {
    const witness = await withDatabase()
    expect((await add(witness.url, log.request(0, 3))).status).toBe(200)
    await admin.unsafe(
      `alter table on_record_witness.cosigned add constraint full_disk check (note not like E'%\n4\n%') not valid`,
    )
    try {
      const answer = await add(witness.url, log.request(3, 4))
      expect([answer.status, answer.body]).toEqual([500, 'this witness can not keep what it would sign\n'])
    } finally {
      await admin`alter table on_record_witness.cosigned drop constraint full_disk`
    }
    expect(await add(witness.url, log.request(2, 3))).toMatchObject({ status: 409, body: '3\n' })
    expect((await add(witness.url, log.request(3, 4))).status).toBe(200)
  })

  it('shares it with other witnesses, and takes nothing of theirs for its own', async () => {
    const one = await withDatabase()
    expect((await add(one.url, log.request(0, 10))).status).toBe(200)
    folder = await mkdtemp(join(tmpdir(), 'on-record-witness-'))
    const other = await withDatabase()
    expect(other.vkey).not.toBe(one.vkey)
    expect((await add(other.url, log.request(0, 3))).status).toBe(200)
  })

  it('takes along what it had cosigned in files, and never goes back to them', async () => {
    const before = await started()
    expect((await add(before.url, log.request(0, 20))).status).toBe(200)
    expect(await before.stop()).toBe(0)
    const moved = await withDatabase()
    expect(moved.vkey).toBe(before.vkey)
    expect(await add(moved.url, aLog(ORIGIN, 'rewritten').request(0, 5))).toMatchObject({
      ...{ status: 409, body: '20\n' },
    })
    expect(await moved.stop()).toBe(0)
    const back = run()
    expect(await back.ended).toBe(1)
    expect(back.output()).toContain('is in a database: start it with --database')
  })

  it('does not start on what it can’t read, or can’t reach, and never shows the address', async () => {
    const witness = await withDatabase()
    await add(witness.url, log.request(0, 3))
    await witness.stop()
    await admin`update on_record_witness.cosigned set note = 'torn' where witness = ${witness.vkey}`
    const torn = run('--database', database)
    expect(await torn.ended).toBe(1)
    const nowhere = run('--database', 'postgres://somebody:a-password@127.0.0.1:1/none')
    expect(await nowhere.ended).toBe(1)
    expect(nowhere.output()).toContain("database can't be used: ECONNREFUSED")
    expect(nowhere.output()).not.toContain('a-password')
  })
})
