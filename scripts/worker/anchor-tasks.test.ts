import { buffer } from 'node:stream/consumers'
import type { TaskList } from 'graphile-worker'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aCase, comment, done, ORIGIN } from '../../db/database.test-support'
import {
  askFor,
  readZip,
  type TestExports,
  testExports,
  verdictOn,
  zipOf,
} from '../../db/export/export.test-support'
import { sampleActor } from '../../db/seed/actors'
import { SAMPLE_ORG } from '../../db/seed/people'
import { readRegistry } from '../../db/settings'
import {
  type Authority,
  newAuthority,
  opensslVerifies,
  serveAuthority,
} from '../../lib/anchor/authority.test-support'
import { parseCheckpoint } from '../../lib/record/checkpoint'
import { parseNote } from '../../lib/record/note'
import { type SampleChat, startSampleChat } from '../sample-chat/start'
import { anchorTasks } from './anchor-tasks'

const TOKEN = 'xoxb-sample'
const TEAM = 'T0HALDEN01'
const CHANNEL = 'C0ALERTS01'
let test: TestExports
let authority: Authority
let served: Awaited<ReturnType<typeof serveAuthority>>
let answer: (request: Uint8Array) => Uint8Array
let chat: SampleChat
let tasks: TaskList

beforeAll(async () => {
  test = await testExports()
  authority = newAuthority()
  answer = authority.reply
  served = await serveAuthority(authority, (request) => answer(request))
  chat = await startSampleChat({
    ...{ port: 0, appUrl: 'http://127.0.0.1:9', signingSecret: 'a signing secret', botToken: TOKEN },
    leakedPassword: 'q7-Vk2#long/one',
  })
  const environment = { ON_RECORD_DATA: test.folder, SLACK_BOT_TOKEN: TOKEN, SLACK_API_URL: chat.apiUrl }
  const settings = { queueUrl: '', appUrl: '', origin: ORIGIN, org: SAMPLE_ORG, environment }
  tasks = anchorTasks({ ...settings, deps: test.deps, log: pino({ level: 'silent' }) })
  const workspace = { platform: 'slack', team: TEAM, team_name: 'Halden', bot_user: chat.story.app.user }
  await registry('connectChat', workspace)
  await test.seal()
})

afterAll(async () => {
  await Promise.all([served?.close(), chat?.close(), test?.close()])
})

function registry(command: string, input: unknown) {
  return done(test.deps, sampleActor('usr_farid'), { kind: 'registry', stream: 'registry', command, input })
}

async function configure(every_hours = 24): Promise<void> {
  await registry('configureAnchors', {
    timestamp: { url: served.url, ca: authority.ca },
    chat: { platform: 'slack', team: TEAM, channel: CHANNEL },
    every_hours,
  })
  await test.seal()
}

async function run(payload: object = {}): Promise<void> {
  const job = { attempts: 1, created_at: new Date() }
  // biome-ignore lint/suspicious/noExplicitAny: of the queue's helpers this task uses the job alone
  await tasks.anchor?.(payload, { job } as any)
  await test.seal()
}

async function filesOf(id: string): Promise<Map<string, Uint8Array>> {
  const { reader, close } = await readZip(zipOf(test, id))
  const files = new Map<string, Uint8Array>()
  for (const path of reader.paths) files.set(path, new Uint8Array(await buffer(reader.open(path))))
  await close()
  return files
}

async function anchors() {
  const page = await readRegistry(test.deps.sql, SAMPLE_ORG)
  if (!page) throw new Error('no registry')
  return page.state.anchors
}

describe('C28 the checkpoint of the day', () => {
  it('is nowhere but here until somebody says where to', async () => {
    await run()
    expect((await anchors()).recent).toEqual([])
    expect(served.asked).toEqual([])
  })

  it('gets a timestamp of the authority, and is posted whole in the channel, once a day', async () => {
    await configure()
    for (let times = 0; times < 3; times++) await run()
    const { recent, failures } = await anchors()
    expect(failures).toEqual({})
    expect(recent.map(({ kind }) => kind)).toEqual(['chat', 'timestamp'])
    expect(served.asked).toEqual(['application/timestamp-query'])
    const said = (await chat.workspace.call('conversations.history', 'U0ADA00001', {
      channel: CHANNEL,
      limit: 5,
    })) as {
      messages: { ts: string; text: string }[]
    }
    const message = said.messages.find(({ text }) => text.includes('checkpoint at'))
    const note = /```\n([\s\S]*)```/.exec(message?.text ?? '')?.[1] ?? ''
    expect(parseCheckpoint(parseNote(note).text).size).toBe(recent[0]?.size)
    expect(recent[0]?.where).toContain(`/archives/${CHANNEL}/p${message?.ts.replace('.', '')}`)
    const [row] = await test.admin<
      { note: string }[]
    >`select note from checkpoint where size = ${recent[0]?.size ?? 0}`
    expect(note).toBe(row?.note)
  })

  it('is anchored again when an administrator asks', async () => {
    await registry('orderAnchor', { kind: 'timestamp' })
    await test.seal()
    await run({ org: SAMPLE_ORG, kind: 'timestamp' })
    expect((await anchors()).recent.map(({ kind }) => kind)).toEqual(['timestamp', 'chat', 'timestamp'])
  })

  it('is in exports: openssl verifies the timestamp, and the verifier that the log grew from it', async () => {
    const stream = await aCase(test.deps)
    await comment(test.deps, stream, 'before the anchor')
    await test.seal()
    await run({ kind: 'timestamp' })
    await run({ kind: 'chat' })
    await comment(test.deps, stream, 'after the anchor')
    const id = await askFor(test, stream)
    await test.writeAll()
    const report = await verdictOn(test, id)
    const bundle = await filesOf(id)
    const names = [...bundle.keys()].filter((path) => path.startsWith('data/anchors/'))
    const [size] = /\d+/.exec(names.find((name) => name.endsWith('.tsr')) ?? '') ?? []
    const text = (name: string) => new TextDecoder().decode(bundle.get(name))
    const checkpoint = bundle.get(`data/anchors/${size}.checkpoint`) ?? ''
    const token = bundle.get(`data/anchors/${size}.tsr`) ?? new Uint8Array()
    expect(opensslVerifies(authority, checkpoint, token)).toBe(true)
    expect(opensslVerifies(authority, `${text(`data/anchors/${size}.checkpoint`)}x`, token)).toBe(false)
    const post = names.find((name) => name.endsWith('.post.json')) ?? ''
    expect(JSON.parse(text(post))).toMatchObject({
      channel: CHANNEL,
      permalink: expect.stringContaining('/archives/'),
    })
    const noted = report.findings.map(({ code, level }) => `${level} ${code}`)
    expect(noted.filter((each) => each.startsWith('fail'))).toEqual([])
    expect(noted).toContain('note anchor.timestamp_unchecked')
    expect(noted).not.toContain('note anchor.not_comparable')
    // Anchors of before this case say nothing about it.
    expect(names.filter((name) => name.endsWith('.checkpoint'))).toHaveLength(2)
  })
})

describe('C28 an authority that can’t be relied on', () => {
  const why = async () => (await anchors()).failures.timestamp?.sentence

  it.each([
    [
      'that is not there',
      () => {
        throw new Error('down')
      },
      'The authority answered with 500.',
    ],
    ['that says something else', () => new TextEncoder().encode('<html>'), 'This ASN.1 '],
    [
      'that stamps with keys of its own',
      (request: Uint8Array) => newAuthority({ kind: 'ec' }).reply(request),
      'doesn’t lead to one that you trust',
    ],
    ['that answers without end', () => new Uint8Array(100_000), 'longer than any timestamp'],
  ])('%s leaves a failure on the record, and no anchor', async (_what, says, sentence) => {
    const before = (await anchors()).recent.length
    answer = says
    await run({ kind: 'timestamp' })
    answer = authority.reply
    expect(await why()).toContain(sentence)
    expect((await anchors()).recent).toHaveLength(before)
  })

  it('that plays back an old answer is found out by the nonce', async () => {
    let first: Uint8Array | null = null
    answer = (request) => {
      first ??= authority.reply(request)
      return first
    }
    await run({ kind: 'timestamp' })
    expect(await why()).toBeUndefined()
    await run({ kind: 'timestamp' })
    answer = authority.reply
    expect(await why()).toMatch(/over something else|nonce/)
  })

  it('a channel that we are not in is told by name', async () => {
    await registry('configureAnchors', {
      timestamp: null,
      chat: { platform: 'slack', team: TEAM, channel: 'C0NOWHERE1' },
      every_hours: 24,
    })
    await run({ kind: 'chat' })
    expect((await anchors()).failures.chat?.sentence).toBe(
      'There is no such channel, or On Record is not in it.',
    )
  })
})
