import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aCase, done, ORIGIN, type TestDatabase, testDatabase } from '../../db/database.test-support'
import { sampleActor } from '../../db/seed/actors'
import { SAMPLE_ORG } from '../../db/seed/people'
import { readRegistry } from '../../db/settings'
import { abandonedLongAgo } from '../resilience/abandoned.test-support'
import { until } from '../resilience/until.test-support'
import { type SampleChat, startSampleChat } from '../sample-chat/start'
import { type Gate, gate, type Moment, requests } from '../test/gate.test-support'
import { bundleProgram, type Running, startProgram } from '../test/program.test-support'

const TOKEN = 'xoxb-sample'
const TEAM = 'T0HALDEN01'
const CHANNEL = 'C0ALERTS01'
let test: TestDatabase
let chat: SampleChat
let toSlack: Gate
let start: () => Running
const running: Running[] = []

beforeAll(async () => {
  test = await testDatabase()
  chat = await startSampleChat({
    ...{ port: 0, appUrl: 'http://127.0.0.1:9', signingSecret: 'a signing secret', botToken: TOKEN },
    leakedPassword: 'q7-Vk2#long/one',
  })
  const port = Number(new URL(chat.apiUrl).port)
  toSlack = await gate(port, requests(port))
  const bundle = await bundleProgram('worker')
  const env = {
    ON_RECORD_WORKER_DATABASE_URL: test.url('on_record_worker'),
    ON_RECORD_APP_DATABASE_URL: test.url('on_record_app'),
    ON_RECORD_URL: ORIGIN,
    ON_RECORD_ORG: SAMPLE_ORG,
    ON_RECORD_HOME: process.cwd(),
    ON_RECORD_DATA: await mkdtemp(join(tmpdir(), 'on-record-anchors-')),
    SLACK_BOT_TOKEN: TOKEN,
    SLACK_API_URL: `http://127.0.0.1:${toSlack.port}/api/`,
  }
  start = () => {
    const worker = startProgram(bundle, env)
    running.push(worker)
    return worker
  }
  await registry('connectChat', {
    ...{ platform: 'slack', team: TEAM, team_name: 'Halden', bot_user: chat.story.app.user },
  })
  await registry('configureAnchors', {
    ...{ timestamp: null, chat: { platform: 'slack', team: TEAM, channel: CHANNEL }, every_hours: 24 },
  })
  await test.seal()
})
afterAll(async () => {
  await Promise.all(running.map((each) => each.kill()))
  toSlack?.close()
  await chat?.close()
  await test?.close()
})

function registry(command: string, input: object) {
  return done(test.deps, sampleActor('usr_farid'), { kind: 'registry', stream: 'registry', command, input })
}

/** Links of what is on record, newest first; when each was posted, oldest first, of what is in the channel. */
async function recorded(): Promise<string[]> {
  const page = await readRegistry(test.deps.sql, SAMPLE_ORG)
  return (page?.state.anchors.recent ?? []).map(({ where }) => where)
}
async function posted(): Promise<string[]> {
  const said = (await chat.workspace.call('conversations.history', 'U0ADA00001', {
    ...{ channel: CHANNEL, limit: 200 },
  })) as { messages: { ts: string; text: string }[] }
  return said.messages.filter(({ text }) => text.includes("The log's checkpoint at")).map(({ ts }) => ts)
}

describe('C28 a checkpoint that is posted in a channel', () => {
  it.each<[string, string, Moment]>([
    ['after Slack took it and before it said so', 'POST /api/chat.postMessage', 'after'],
    ['between the post and its report', 'POST /api/chat.getPermalink', 'before'],
    ['after its link was given', 'POST /api/chat.getPermalink', 'after'],
  ])(
    'is there once, and on the record, when the worker is killed %s',
    async (_, says, moment) => {
      const before = { recorded: (await recorded()).length, posted: (await posted()).length }
      const held = toSlack.hold(says, moment)
      const killed = start()
      // The first is due by itself; the others are ordered.
      if (before.recorded > 0) await registry('orderAnchor', { kind: 'chat' })
      await held
      expect(await posted(), killed.output()).toHaveLength(before.posted + 1)
      await killed.kill()
      await abandonedLongAgo(test.admin)
      expect(await recorded()).toHaveLength(before.recorded)
      // The log goes on meanwhile, so that the newest checkpoint is another one.
      await aCase(test.deps)
      await test.seal()
      const next = start()
      await until(async () => (await recorded()).length > before.recorded, 25_000)
      expect(await posted()).toHaveLength(before.posted + 1)
      const [ts = ''] = (await posted()).toSorted().reverse()
      expect((await recorded())[0]).toContain(`/p${ts.replace('.', '')}`)
      await next.kill()
    },
    60_000,
  )

  it('is posted anew when somebody asks for another', async () => {
    const before = (await posted()).length
    await registry('orderAnchor', { kind: 'chat' })
    start()
    await until(async () => (await posted()).length > before, 20_000)
    await until(async () => (await recorded()).length === before + 1)
  })
})
