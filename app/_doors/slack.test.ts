import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { runOnce } from 'graphile-worker'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { urlAs } from '@/db/roles'
import { openChatting } from '@/db/tasks/open-chatting'
import { slackTasks } from '@/db/tasks/slack-tasks'
import { deliver, signedRequest } from '@/scripts/sample-chat/deliver'
import { type SampleChat, startSampleChat } from '@/scripts/sample-chat/start'
import { POST as commands } from '../api/slack/commands/route'
import { POST as events } from '../api/slack/events/route'
import { POST as interactions } from '../api/slack/interactions/route'
import { GET as askToLink, POST as link } from '../api/slack/link/route'
import { GET as readCase } from '../api/v1/cases/[id]/route'
import { GET as cases } from '../api/v1/cases/route'
import { GET as readDraft } from '../api/v1/promotions/[draft]/route'
import type { Door } from './door'
import { call, cookieOf, LEAKED, ORIGIN, openTestDoors, SECRET, type TestDoors } from './doors.test-support'
import { settled } from './later'
import { linkAddress } from './slack-link'

const SIGNING = 'a signing secret of this test'
const [ADA, BRUNO, ESTHER, HUGO] = ['U0ADA00001', 'U0BRUNO001', 'U0ESTHER01', 'U0HUGO0001'] as const
let test: TestDoors
let chat: SampleChat
let app: Server
let ada: string
let team: string
const channel = { id: '', ts: '' }

const ROUTES: Record<string, Door> = {
  '/api/slack/interactions': interactions,
  '/api/slack/events': events,
  '/api/slack/commands': commands,
}

/** On Record's own address, as the chat reaches it. */
async function listen(): Promise<string> {
  app = createServer(async (incoming, outgoing) => {
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
  return `http://127.0.0.1:${(app.address() as AddressInfo).port}`
}

beforeAll(async () => {
  chat = await startSampleChat({
    port: 0,
    appUrl: await listen(),
    signingSecret: SIGNING,
    botToken: 'xoxb-of-this-test',
    leakedPassword: LEAKED,
  })
  team = chat.story.team.id
  const users = { usr_ada: ADA, usr_esther: ESTHER, usr_chiara: 'U0CHIARA01' }
  const env = {
    SLACK_SIGNING_SECRET: SIGNING,
    SLACK_BOT_TOKEN: 'xoxb-of-this-test',
    SLACK_API_URL: chat.apiUrl,
    SAMPLE_CHAT_URL: chat.url,
  }
  test = await openTestDoors(env, {
    team,
    team_name: chat.story.team.name,
    bot_user: chat.story.app.user,
    users,
  })
  ada = await cookieOf(test.doors, 'usr_ada')
  const alerts = chat.story.channels.find((each) =>
    each.messages.some((message) => message.text.includes('DATABASE_URL')),
  )
  if (!alerts) throw new Error('the story has no leak')
  channel.id = alerts.id
})
afterAll(async () => {
  await chat?.close()
  app?.close()
  await test?.close()
})

async function work(): Promise<void> {
  await settled()
  const { fingerprintKey, settings } = test.doors
  const chatting = openChatting(test.doors, {
    signingSecret: SIGNING,
    botToken: 'xoxb-of-this-test',
    apiUrl: chat.apiUrl,
    origins: [chat.url],
    data: settings.data,
    fingerprintKey,
    macKey: settings.keys.mac,
  })
  await runOnce({
    connectionString: urlAs('on_record_worker', test.adminUrl, SECRET),
    taskList: { ...slackTasks(chatting), 'expire-action': () => undefined } as never,
    noHandleSignals: true,
  })
}

const allCases = async () =>
  (await call(cases, '/api/v1/cases?view=open', { cookie: ada })).body.rows as {
    id: string
    title: string
    number: number
    stage: string
    version: number
  }[]
const file = async (id: string) =>
  (await call(readCase, `/api/v1/cases/${id}`, { cookie: ada, params: { id } })).body
const formsOf = (user: string) => [...chat.slack.forms].filter(([, form]) => form.user === user)
const noticesFor = (user: string) =>
  chat.notices.filter((notice) => notice.user === user).map((notice) => notice.text)
const values = (title: string, more: object = {}) => ({
  title: { title: { value: title } },
  category: { category: { selected_option: { value: 'leaked-secret' } } },
  severity: { severity: { selected_option: { value: 'high' } } },
  ...more,
})

async function thread(ts: string) {
  return (await chat.workspace.call('conversations.replies', ADA, { channel: channel.id, ts })).messages as {
    ts: string
    text: string
    metadata?: object
    blocks?: { elements?: { action_id?: string }[] }[]
  }[]
}

async function promoteAs(user: string, ts: string, title: string) {
  const begun = await chat.acts.promote(user, channel.id, ts)
  expect(begun.status).toBe(200)
  await settled()
  const [view] = formsOf(user).at(-1) ?? []
  if (!view) throw new Error(`no form opened: ${noticesFor(user).join(' | ')}`)
  const sent = await chat.acts.submit(user, view, values(title))
  expect(sent.json).toEqual({ response_action: 'clear' })
  await work()
}

describe('what claims to be Slack', () => {
  it.each([
    ['without a signature', {}, 401],
    ['with another secret', 'another secret', 401],
    ['from six minutes ago', new Date(Date.now() - 360_000), 401],
  ])('C38 %s is answered 401 and does nothing', async (_name, how, status) => {
    const before = (await allCases()).length
    const request = signedRequest(
      typeof how === 'string' ? how : SIGNING,
      'event',
      { type: 'url_verification', challenge: 'x' },
      how instanceof Date ? { at: how } : {},
    )
    const headers =
      how instanceof Date || typeof how === 'string'
        ? request.headers
        : { 'content-type': 'application/json' }
    const answer = await call(events, '/api/slack/events', { raw: request.body, headers })
    expect(answer.status).toBe(status)
    expect(answer.text).toBe('')
    expect((await allCases()).length).toBe(before)
  })

  it('C38 with a body that was changed or re-encoded is answered 401', async () => {
    const { headers, body } = signedRequest(SIGNING, 'event', { type: 'url_verification', challenge: 'x' })
    expect((await call(events, '/api/slack/events', { raw: `${body} `, headers })).status).toBe(401)
    expect((await call(events, '/api/slack/events', { raw: body, headers })).body).toEqual({ challenge: 'x' })
  })

  it('C38 that sends a delivery again makes nothing new', async () => {
    const url = `http://127.0.0.1:${(app.address() as AddressInfo).port}/api/slack/interactions`
    const message = { type: 'message', user: HUGO, ts: '1700000000.000100', text: 'an odd thing' }
    const payload = {
      type: 'message_action',
      callback_id: 'put_on_record',
      team: { id: team },
      user: { id: HUGO, name: 'hugo' },
      channel: { id: channel.id, name: 'x' },
      message,
      trigger_id: randomUUID(),
    }
    for (let times = 0; times < 3; times++)
      expect((await deliver(url, signedRequest(SIGNING, 'interaction', payload))).status).toBe(200)
    const [row] = await test.doors.sql.begin(async (tx) => {
      await tx`select set_config('app.org', 'org_halden', true)`
      return tx<
        { count: number }[]
      >`select count(*)::int as count from draft where content -> 'message_key' = ${tx.json(`slack:${channel.id}:1700000000.000100`)}`
    })
    expect(row?.count).toBe(1)
    await settled()
  })
})

describe('putting a message on record', () => {
  let id: string
  let ts: string

  it('C37 C58 fetches the thread itself, masked, and says how far it can be proved', async () => {
    ts = await chat.acts.say(
      HUGO,
      channel.id,
      `it works for me with postgres://svc_orders:${encodeURIComponent(LEAKED)}@db/orders`,
    )
    await promoteAs(HUGO, ts, 'A password in the channel')
    const made = (await allCases()).find((each) => each.title === 'A password in the channel')
    expect(made).toBeDefined()
    id = made?.id ?? ''
    const { snapshots, reporter, reporter_name, linked, evidence, timeline } = await file(id)
    expect(snapshots[0]).toMatchObject({ platform: 'slack', trust: 'platform-verified', channel: channel.id })
    expect(JSON.stringify({ snapshots, timeline })).not.toContain(LEAKED)
    expect(JSON.stringify({ snapshots, timeline })).not.toContain(encodeURIComponent(LEAKED))
    expect(linked[0]).toMatchObject({ id: 'nhi_svc-orders' })
    expect(evidence[0]).toMatchObject({ kind: 'sealed-secret' })
    expect({ reporter, reporter_name }).toEqual({
      reporter: null,
      reporter_name: expect.stringContaining('unlinked Slack user'),
    })
  })

  it('puts one card into the thread, and draws that one again', async () => {
    const cards = async () => (await thread(ts)).filter((message) => message.text.includes('Case '))
    expect(await cards()).toHaveLength(1)
    const before = (await file(id)).version
    await promoteAs(ADA, ts, 'The same once more')
    expect((await file(id)).version).toBeGreaterThanOrEqual(before)
    expect(await cards()).toHaveLength(1)
  })

  it('never makes a second case of the same message', async () => {
    expect((await allCases()).filter(({ title }) => title === 'The same once more')).toEqual([])
  })

  it('sends who is too late for the form to the same form on the web', async () => {
    const other = await chat.acts.say(HUGO, channel.id, 'third time this quarter: the same attack path again')
    const open = chat.slack.trigger
    Object.assign(chat.slack, { trigger: () => 'expired.trigger' })
    await chat.acts.promote(HUGO, channel.id, other)
    await settled()
    Object.assign(chat.slack, { trigger: open })
    const notice = noticesFor(HUGO).at(-1) ?? ''
    const draft = /\/promote\/(draft_[\w-]+)/.exec(notice)?.[1] ?? ''
    const shown = await call(readDraft, `/api/v1/promotions/${draft}`, { cookie: ada, params: { draft } })
    expect(shown.status, notice).toBe(200)
    expect(shown.body).toMatchObject({
      snapshot: { trust: 'delivered' },
      suggested: { category: 'recurring-attack-path' },
      duplicate: null,
    })
  })

  it('C01 approves nothing by words or reactions, whoever says them', async () => {
    const before = (await file(id)).version
    for (const text of ['approve', 'approved ✅', 'do it', '/approve', 'LGTM, go ahead and rotate'])
      await chat.acts.say(ADA, channel.id, text, ts)
    await work()
    expect((await file(id)).version).toBe(before)
  })

  it('C39 records an edit and a deletion beside what was there, with secrets masked', async () => {
    await chat.acts.edit(HUGO, channel.id, ts, `never mind, AKIAQYLPMN5HFIQR7XYA is the key`)
    await work()
    await chat.acts.remove(HUGO, channel.id, ts)
    await work()
    const { timeline, snapshots } = await file(id)
    const drifted = timeline.filter((entry: { type: string }) => entry.type === 'message.drifted')
    expect(drifted.map((entry: { data: { change: string } }) => entry.data.change)).toEqual([
      'edited',
      'deleted',
    ])
    expect(JSON.stringify(drifted)).not.toContain('AKIAQYLPMN5HFIQR7XYA')
    expect(snapshots[0].messages[0].text).toContain('it works for me')
  })
})

describe('a card’s buttons', () => {
  let id: string
  let ts: string
  let card: string

  it('know their case: pressed by somebody without a linked account they lead to linking, and do nothing', async () => {
    ts = await chat.acts.say(HUGO, channel.id, 'the export job runs as an unusual service account')
    await promoteAs(ADA, ts, 'An unusual service account')
    const made = (await allCases()).find((each) => each.title === 'An unusual service account')
    id = made?.id ?? ''
    expect((await file(id)).reporter).toMatchObject({ id: 'usr_ada' })
    card = (await thread(ts)).find((message) => message.text.includes('Case '))?.ts ?? ''
    const before = (await file(id)).version
    await chat.acts.press(HUGO, channel.id, card, 'onrecord_comment')
    await settled()
    expect(noticesFor(HUGO).at(-1)).toContain('/api/slack/link?token=')
    expect((await file(id)).version).toBe(before)
  })

  it('record a comment under the linked member’s name, masked', async () => {
    await chat.acts.press(ADA, channel.id, card, 'onrecord_comment')
    await settled()
    const [view] = formsOf(ADA).at(-1) ?? []
    const sent = await chat.acts.submit(ADA, view ?? '', {
      comment: { comment: { value: 'I look at it; the key was AKIAQYLPMN5HFIQR7XYA' } },
    })
    expect(sent.json).toEqual({ response_action: 'clear' })
    const comment = (await file(id)).timeline.find(
      (entry: { type: string }) => entry.type === 'comment.added',
    )
    expect(comment).toMatchObject({ who: { id: 'usr_ada' }, via: 'slack', acr: 'slack-linked-account' })
    expect(comment.data.text).not.toContain('AKIAQYLPMN5HFIQR7XYA')
  })

  it('do nothing in another conversation, or with another’s value', async () => {
    const payload = {
      type: 'block_actions',
      team: { id: team },
      user: { id: ADA, name: 'ada' },
      channel: { id: 'C0OTHER001' },
      container: { message_ts: card },
      trigger_id: randomUUID(),
      actions: [
        {
          action_id: 'onrecord_comment',
          value: 'v1.comment.case_x.1.AAAAAAAAAAAAAAAAAAAAAA',
          action_ts: '1.1',
        },
      ],
    }
    const before = (await file(id)).version
    const { headers, body } = signedRequest(SIGNING, 'interaction', payload)
    expect((await call(interactions, '/api/slack/interactions', { raw: body, headers })).status).toBe(200)
    await settled()
    expect((await file(id)).version).toBe(before)
  })
})

describe('/record', () => {
  it('C60 fetches a link only for who is in that conversation', async () => {
    const ts = await chat.acts.say(HUGO, channel.id, 'a new suspicious login from an unknown device')
    const url = `${chat.url}/archives/${channel.id}/p${ts.replace('.', '')}`
    const open =
      chat.story.channels.find((each) => each.members.includes(ESTHER) && each.id !== channel.id)?.id ?? ''
    expect((await chat.acts.command(ESTHER, open, url)).status).toBe(200)
    await settled()
    expect(formsOf(ESTHER)).toEqual([])
    expect(noticesFor(ESTHER).at(-1)).toContain('You are not in that conversation')
    const before = formsOf(BRUNO).length
    expect((await chat.acts.command(BRUNO, channel.id, url)).status).toBe(200)
    await settled()
    expect(formsOf(BRUNO).length, noticesFor(BRUNO).at(-1)).toBe(before + 1)
  })

  it('says what it takes when it gets something else', async () => {
    await chat.acts.command(BRUNO, channel.id, 'not a link')
    expect(noticesFor(BRUNO).at(-1)).toContain('/record <link>')
  })
})

describe('linking a Slack account', () => {
  const address = () => new URL(linkAddress(test.doors, { team, user: HUGO, name: 'hugo' }))
  const confirm = (token: string, cookie: string) =>
    call(link, '/api/slack/link', {
      cookie,
      raw: new URLSearchParams({ token }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })

  it('needs a session, and a word of its owner: following the link changes nothing', async () => {
    const { pathname, search } = address()
    const visitor = await call(askToLink, pathname + search)
    expect(visitor.status).toBe(303)
    expect(visitor.headers.get('location')).toContain('/sign-in?back=%2Fapi%2Fslack%2Flink')
    const hugo = await cookieOf(test.doors, 'usr_hugo')
    const shown = await call(askToLink, pathname + search, { cookie: hugo })
    expect(shown.text).toContain('Hugo Brandt')
    expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('works once, for the one it was made for, and not after ten minutes or on a forged link', async () => {
    const hugo = await cookieOf(test.doors, 'usr_hugo')
    const token = address().searchParams.get('token') ?? ''
    expect((await confirm(`${token.slice(0, -4)}AAAA`, hugo)).status).toBe(409)
    const done = await confirm(token, hugo)
    expect(done.status, done.text).toBe(200)
    expect((await confirm(token, await cookieOf(test.doors, 'usr_bruno'))).status).toBe(409)
    expect(
      (
        await call(link, '/api/slack/link', {
          cookie: hugo,
          raw: `token=${token}`,
          headers: { origin: 'https://evil.example' },
        })
      ).status,
    ).toBe(403)
  })
})
