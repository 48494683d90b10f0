import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { runOnce } from 'graphile-worker'
import { expect } from 'vitest'
import { urlAs } from '@/db/roles'
import { SECRET } from '@/db/secret.test-support'
import { openChatting } from '@/db/tasks/open-chatting'
import { slackTasks } from '@/db/tasks/slack-tasks'
import { startSampleChat } from '@/scripts/sample-chat/start'
import { POST as commands } from '../api/slack/commands/route'
import { POST as events } from '../api/slack/events/route'
import { POST as interactions } from '../api/slack/interactions/route'
import { GET as readCase } from '../api/v1/cases/[id]/route'
import { GET as cases } from '../api/v1/cases/route'
import type { Door } from './door'
import { call, cookieOf, LEAKED, ORIGIN, openTestDoors } from './doors.test-support'
import { settled } from './later'

export const SIGNING = 'a signing secret of this test'
const TOKEN = 'xoxb-of-this-test'
/** The sample's people in Slack. Ada, Bruno, Esther and Chiara have linked their accounts, Hugo has not. */
export const [ADA, BRUNO, ESTHER, HUGO] = ['U0ADA00001', 'U0BRUNO001', 'U0ESTHER01', 'U0HUGO0001'] as const

const ROUTES: Record<string, Door> = {
  '/api/slack/interactions': interactions,
  '/api/slack/events': events,
  '/api/slack/commands': commands,
}

/** On Record's own address, as the chat reaches it. */
async function listen(): Promise<{ app: Server; url: string }> {
  const app = createServer(async (incoming, outgoing) => {
    const headers = Object.entries(incoming.headers).map(
      ([name, value]) => [name, String(value)] as [string, string],
    )
    const request = new Request(`${ORIGIN}${incoming.url}`, {
      method: 'POST',
      headers,
      body: new Uint8Array(await buffer(incoming)),
    })
    const response = await ROUTES[incoming.url ?? '']?.(request, { params: Promise.resolve({}) })
    outgoing
      .writeHead(response?.status ?? 404, {
        'content-type': response?.headers.get('content-type') ?? 'text/plain',
      })
      .end(await response?.text())
  })
  await new Promise<void>((done) => app.listen(0, '127.0.0.1', done))
  return { app, url: `http://127.0.0.1:${(app.address() as AddressInfo).port}` }
}

export type SlackTest = Awaited<ReturnType<typeof openSlackTest>>

/** The sample chat and On Record's doors, talking to each other as Slack and an installation would. */
export async function openSlackTest() {
  const { app, url } = await listen()
  const chat = await startSampleChat({
    port: 0,
    appUrl: url,
    signingSecret: SIGNING,
    botToken: TOKEN,
    leakedPassword: LEAKED,
  })
  const team = chat.story.team.id
  const test = await openTestDoors(
    {
      SLACK_SIGNING_SECRET: SIGNING,
      SLACK_BOT_TOKEN: TOKEN,
      SLACK_API_URL: chat.apiUrl,
      SAMPLE_CHAT_URL: chat.url,
    },
    {
      team,
      team_name: chat.story.team.name,
      bot_user: chat.story.app.user,
      users: { usr_ada: ADA, usr_bruno: BRUNO, usr_esther: ESTHER, usr_chiara: 'U0CHIARA01' },
    },
  )
  const ada = await cookieOf(test.doors, 'usr_ada')
  const alerts = chat.story.channels.find((each) =>
    each.messages.some((message) => message.text.includes('DATABASE_URL')),
  )
  if (!alerts) throw new Error('the story has no leak')
  const channel = alerts.id
  const { fingerprintKey, settings } = test.doors
  const chatting = openChatting(test.doors, {
    signingSecret: SIGNING,
    botToken: TOKEN,
    apiUrl: chat.apiUrl,
    origins: [chat.url],
    data: settings.data,
    fingerprintKey,
    macKey: settings.keys.mac,
  })

  /** All that waits in the queue, done. */
  async function work(): Promise<void> {
    await settled()
    await runOnce({
      connectionString: urlAs('on_record_worker', test.adminUrl, SECRET),
      taskList: { ...slackTasks(chatting), 'expire-action': () => undefined } as never,
      noHandleSignals: true,
    })
  }
  const formsOf = (user: string) => [...chat.slack.forms].filter(([, form]) => form.user === user)
  const noticesFor = (user: string) =>
    chat.notices.filter((notice) => notice.user === user).map((notice) => notice.text)

  async function promoteAs(user: string, ts: string, title: string): Promise<void> {
    const begun = await chat.acts.promote(user, channel, ts)
    expect(begun.status).toBe(200)
    await settled()
    const [view] = formsOf(user).at(-1) ?? []
    if (!view) throw new Error(`no form opened: ${noticesFor(user).join(' | ')}`)
    const sent = await chat.acts.submit(user, view, values(title))
    expect(sent.json).toEqual({ response_action: 'clear' })
    await work()
  }
  return {
    ...test,
    url,
    chat,
    team,
    channel,
    ada,
    work,
    formsOf,
    noticesFor,
    promoteAs,
    allCases: async () =>
      (await call(cases, '/api/v1/cases?view=open', { cookie: ada })).body.rows as {
        id: string
        title: string
        number: number
        stage: string
        version: number
      }[],
    file: async (id: string) =>
      (await call(readCase, `/api/v1/cases/${id}`, { cookie: ada, params: { id } })).body,
    thread: async (ts: string) =>
      (await chat.workspace.call('conversations.replies', ADA, { channel, ts })).messages as {
        ts: string
        text: string
        metadata?: object
        blocks?: { elements?: { action_id?: string }[] }[]
      }[],
    close: async () => {
      await chat.close()
      app.close()
      await test.close()
    },
  }
}

function values(title: string) {
  return {
    title: { title: { value: title } },
    category: { category: { selected_option: { value: 'leaked-secret' } } },
    severity: { severity: { selected_option: { value: 'high' } } },
  }
}
