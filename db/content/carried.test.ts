import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { carried } from '@/lib/act/carried'
import type { Ledger, Written } from '@/lib/act/ledger'
import { perform } from '@/lib/act/perform'
import { isRefusal } from '@/lib/act/refusal'
import { utf8 } from '@/lib/record/bytes'
import { aCase, comment, type TestDatabase, testDatabase } from '../database.test-support'
import { sampleActor } from '../seed/actors'

let test: TestDatabase
const [ada, esther] = [sampleActor('usr_ada'), sampleActor('usr_esther')]

beforeAll(async () => {
  test = await testDatabase()
})
afterAll(() => test?.close())

const isKept = async (sha256: string) =>
  (await test.admin`select 1 from content where sha256 = ${sha256}`).length === 1

function attaching(stream: string) {
  const file = carried(utf8(`what the log said: ${randomUUID()}`))
  const about = {
    media_type: 'text/plain',
    name: 'log.txt',
    kind: 'text',
    source: 'desk',
    tool: null,
    trust: 'typed',
  }
  const input = { sha256: file.sha256, bytes: file.content.length, ...about }
  return {
    file,
    order: { kind: 'case', stream, command: 'attachEvidence', input, key: randomUUID() } as const,
  }
}

describe('C34: a small file that a command carries', () => {
  it('is kept with the event that names it, once, however many attach it at the same moment', async () => {
    const { file, order } = attaching(await aCase(test.deps))
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () => perform(test.deps, ada, { ...order, key: randomUUID() }, [file])),
    )
    expect(outcomes.filter((outcome) => !isRefusal(outcome))).toHaveLength(1)
    expect(await isKept(file.sha256)).toBe(true)
  })

  it('is not kept by an attempt that somebody overtakes, but by the one that is taken', async () => {
    const id = await aCase(test.deps)
    const { file, order } = attaching(id)
    const attempts: [Written, boolean][] = []
    const ledger: Ledger = {
      ...test.deps.ledger,
      write: async (writing) => {
        if (attempts.length === 0) await comment(test.deps, id, 'quicker')
        const written = await test.deps.ledger.write(writing)
        attempts.push([written, await isKept(file.sha256)])
        return written
      },
    }
    expect(isRefusal(await perform({ ...test.deps, ledger }, ada, order, [file]))).toBe(false)
    expect(attempts).toEqual([
      ['moved', false],
      ['written', true],
    ])
  })

  it('is not kept where the command is denied, though the attempt is on the record', async () => {
    const { file, order } = attaching(await aCase(test.deps))
    expect(await perform(test.deps, esther, order, [file])).toMatchObject({ code: 'forbidden' })
    expect(await isKept(file.sha256)).toBe(false)
    const [last] = await test.admin<{ type: string }[]>`
      select type from event where stream = ${order.stream} order by seq desc limit 1`
    expect(last?.type).toBe('policy.denied')
  })

  it('goes with the transaction that fails, and its event with it', async () => {
    const { file, order } = attaching(await aCase(test.deps))
    const before = await test.admin`select 1 from event where stream = ${order.stream}`
    const wrong = { ...file, sha256: null as unknown as string }
    await expect(perform(test.deps, ada, order, [file, wrong])).rejects.toThrow(/null value/)
    expect(await isKept(file.sha256)).toBe(false)
    expect(await test.admin`select 1 from event where stream = ${order.stream}`).toHaveLength(before.length)
  })
})
