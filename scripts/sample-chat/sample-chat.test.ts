import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Inbound } from '../../lib/chat/adapter'
import { type Card, seenOn } from '../../lib/chat/card'
import { slackAdapter } from '../../lib/chat/slack/adapter'
import { cardMessage } from '../../lib/chat/slack/card'
import { openCardValue } from '../../lib/chat/slack/card-mac'
import { formErrors, promotionModal } from '../../lib/chat/slack/modal'
import { deliver, signedRequest } from './deliver'
import { type SampleChat, startSampleChat } from './start'

const SECRET = 'a signing secret of the sample'
const TOKEN = 'xoxb-sample'
const CARD_KEY = 'a key for the buttons of cards'
const ALERTS = 'C0ALERTS01'
const HUGO = 'U0HUGO0001'
const ADA = 'U0ADA00001'

let chat: SampleChat
let door: Server
let seen: Inbound[] = []
let status = 200
const adapter = () =>
  slackAdapter({ signingSecret: SECRET, botToken: TOKEN, apiUrl: chat.apiUrl, origins: [chat.url] })

/** On Record's door in small: verify, acknowledge, do. */
async function answer(headers: Headers, body: Buffer): Promise<{ status: number; json: object }> {
  const verified = adapter().verify(headers, body, new Date())
  if ('refused' in verified) return { status: 401, json: {} }
  if (status !== 200) return { status, json: {} }
  const [inbound] = adapter().parse(verified, body)
  if (!inbound) return { status: 200, json: {} }
  seen.push(inbound)
  if (inbound.kind === 'promote' && inbound.trigger)
    await adapter().openForm(
      inbound.trigger,
      promotionModal({
        draft: 'draft_1',
        preview: inbound.delivered?.text ?? '',
        title: 'A title',
        category: 'leaked-secret',
        severity: 'high',
        because: [],
        masked: 1,
        existing: null,
        url: 'http://localhost/promote/draft_1',
      }),
    )
  if (inbound.kind === 'form_submit' && inbound.values.title === 'no')
    return { status: 200, json: formErrors({ title: 'Say what happened.' }) }
  if (inbound.kind === 'card_action' && inbound.respond)
    await adapter().tell(inbound.respond, 'You are not linked to a member <yet>.')
  return { status: 200, json: {} }
}

beforeAll(async () => {
  door = createServer(async (incoming, outgoing) => {
    const parts: Buffer[] = []
    for await (const part of incoming) parts.push(part as Buffer)
    const result = await answer(
      new Headers(
        Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]),
      ),
      Buffer.concat(parts),
    )
    outgoing.writeHead(result.status, { 'content-type': 'application/json' }).end(JSON.stringify(result.json))
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  const appUrl = `http://127.0.0.1:${(door.address() as AddressInfo).port}`
  chat = await startSampleChat({
    port: 0,
    appUrl,
    signingSecret: SECRET,
    botToken: TOKEN,
    leakedPassword: 's3cret/value',
  })
})
beforeEach(() => {
  seen = []
  status = 200
})
afterAll(async () => {
  await chat.close()
  door.close()
})

type Shown = {
  ts: string
  author: string
  pieces: { text: string }[]
  replies: number
  blocks: unknown
  edited: boolean
  mine: boolean
}
type State = {
  messages: Shown[]
  thread: Shown[] | null
  form: { id: string; blocks: unknown[] } | null
  notices: { pieces: { text: string }[] }[]
}

async function state(as: string, channel = ALERTS, thread?: string): Promise<State> {
  const query = new URLSearchParams({ as, channel, ...(thread ? { thread } : {}) })
  const said = await fetch(`${chat.url}/sample/state?${query}`, { headers: { 'x-sample-chat': '1' } })
  return (await said.json()) as State
}
async function leak(): Promise<string> {
  const { messages } = await state(HUGO)
  return messages.find(({ pieces }) => pieces.some(({ text }) => text.includes('DATABASE_URL')))?.ts ?? ''
}

describe('a message is put on record from the sample chat', () => {
  test('the shortcut opens the form that On Record sends, and submitting it closes it', async () => {
    const ts = await leak()
    expect(await chat.acts.promote(ADA, ALERTS, ts)).toMatchObject({ ok: true, status: 200 })
    expect(seen).toEqual([
      expect.objectContaining({
        kind: 'promote',
        place: expect.objectContaining({ ts, channel: ALERTS }),
        by: expect.objectContaining({ user: ADA }),
      }),
    ])
    const { form } = await state(ADA)
    expect((await state(HUGO)).form).toBeNull()
    const values = {
      title: { title: { type: 'plain_text_input', value: 'Leaked password' } },
      category: { category: { selected_option: { value: 'leaked-secret' } } },
    }
    expect(await chat.acts.submit(ADA, form?.id ?? '', values)).toMatchObject({ ok: true })
    expect(seen.at(-1)).toMatchObject({
      kind: 'form_submit',
      draft: 'draft_1',
      values: { title: 'Leaked password' },
    })
    expect((await state(ADA)).form).toBeNull()
  })

  test('errors keep the form open', async () => {
    await chat.acts.promote(ADA, ALERTS, await leak())
    const { form } = await state(ADA)
    const answer = await chat.acts.submit(ADA, form?.id ?? '', { title: { title: { value: 'no' } } })
    expect(answer.json).toEqual({ response_action: 'errors', errors: { title: 'Say what happened.' } })
    expect((await state(ADA)).form?.id).toBe(form?.id)
    chat.acts.dismiss(ADA, form?.id ?? '')
  })

  test('the card stands in the thread; its button comes back with our own seal, and the answer is for one person', async () => {
    const ts = await leak()
    const card: Card = {
      case: 'case_1',
      number: 1,
      version: 2,
      title: 'Leaked',
      stage: 'identify',
      severity: 'high',
      owner: null,
      lines: [],
      url: 'http://localhost/cases/1',
      approval_url: null,
      buttons: ['assign_me'],
    }
    const drawn = cardMessage(card, CARD_KEY, 'T0HALDEN01', ALERTS)
    const posted = await adapter().postCard({ channel: ALERTS, ts, thread_ts: null }, drawn, null)
    expect((await state(ADA, ALERTS, ts)).thread?.at(-1)).toMatchObject({
      ts: posted.ts,
      author: 'On Record',
      blocks: expect.any(Array),
    })
    await chat.acts.press(ADA, ALERTS, posted.ts, 'onrecord_assign_me')
    const pressed = seen.at(-1)
    if (pressed?.kind !== 'card_action') throw new Error('nothing was pressed')
    expect(openCardValue(CARD_KEY, pressed.by.team, pressed.channel ?? '', pressed.value)).toEqual({
      action: 'assign_me',
      case: 'case_1',
      seen: seenOn(card),
    })
    expect((await state(ADA)).notices.at(-1)?.pieces[0]?.text).toBe('You are not linked to a member <yet>.')
    expect((await state(HUGO)).notices).toEqual([])
  })

  test('an edit and a deletion are observed, with what stands there now (C39)', async () => {
    const ts = await chat.acts.say(HUGO, ALERTS, 'the token is <here> & now')
    expect((await state(HUGO)).messages.at(-1)?.pieces).toEqual([
      { kind: 'text', text: 'the token is <here> & now' },
    ])
    await chat.acts.edit(HUGO, ALERTS, ts, 'there is nothing here')
    expect(seen.at(-1)).toMatchObject({
      kind: 'observed',
      change: 'edited',
      place: { ts },
      text: 'there is nothing here',
    })
    await chat.acts.remove(HUGO, ALERTS, ts)
    expect(seen.at(-1)).toMatchObject({ kind: 'observed', change: 'deleted', place: { ts }, text: null })
    await expect(chat.acts.edit(ADA, ALERTS, await leak(), 'not mine')).rejects.toThrow(/could not be edited/)
  })

  test('a reply in a thread, whatever it says, is a reply (C01)', async () => {
    await chat.acts.say('U0CHIARA01', ALERTS, 'approved, do it', await leak())
    expect(seen).toEqual([
      expect.objectContaining({
        kind: 'observed',
        change: 'replied',
        said: expect.objectContaining({ author_id: 'U0CHIARA01', text: 'approved, do it' }),
      }),
    ])
  })

  test('when On Record fails, the person is told', async () => {
    status = 500
    await chat.acts.promote(HUGO, ALERTS, await leak())
    expect((await state(HUGO)).notices.at(-1)?.pieces[0]?.text).toBe(
      'On Record answered with an error (500).',
    )
  })

  test('/record sends the command', async () => {
    await chat.acts.command(ADA, ALERTS, 'https://halden.slack.com/archives/C0ALERTS01/p1700000000000100')
    expect(seen.at(-1)).toMatchObject({
      kind: 'promote',
      place: null,
      link: 'https://halden.slack.com/archives/C0ALERTS01/p1700000000000100',
    })
  })

  test('nobody acts in a channel that they are not in', async () => {
    await expect(chat.acts.say('U0ESTHER01', ALERTS, 'hello')).rejects.toThrow(/not in that channel/)
    expect(
      (await state('U0ESTHER01')).messages.some(({ pieces }) =>
        pieces.some(({ text }) => text.includes('DATABASE_URL')),
      ),
    ).toBe(false)
  })
})

describe('a request that is not Slack’s (C38)', () => {
  test.each([
    ['with another secret', 'another secret', new Date()],
    ['from six minutes ago', SECRET, new Date(Date.now() - 360_000)],
  ])('%s is answered 401', async (_, secret, at) => {
    const url = `http://127.0.0.1:${(door.address() as AddressInfo).port}/api/slack/events`
    expect(
      await deliver(
        url,
        signedRequest(secret, 'event', { type: 'url_verification', challenge: 'x' }, { at }),
      ),
    ).toMatchObject({ status: 401 })
    expect(seen).toEqual([])
  })
})

describe('the sample chat itself', () => {
  test('tells Halden’s story, with times before its start', async () => {
    const { messages } = await state(HUGO)
    const times = messages.map(({ ts }) => Number(ts))
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(times[0]).toBeLessThan(Date.now() / 1_000 - 200 * 60)
    expect(messages.find(({ ts }) => Number(ts) > 0)).toBeDefined()
    const platform = await state(HUGO, 'C0PLATFM01')
    expect(JSON.stringify(platform)).toContain('Ignore all previous instructions')
    expect(JSON.stringify(platform)).toContain('\u202e')
  })

  test('serves its page with a strict policy, and a permalink leads to the message', async () => {
    const page = await fetch(chat.url)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await page.text()).toContain('Sample chat')
    for (const name of ['page.js', 'form.js', 'message.js', 'style.css', 'icon.svg'])
      expect((await fetch(`${chat.url}/${name}`)).status).toBe(200)
    for (const name of ['../main.ts', '%2e%2e/main.ts', 'start.ts', 'none.js'])
      expect((await fetch(`${chat.url}/${name}`)).status).toBe(404)
    const link = await fetch(`${chat.url}/archives/${ALERTS}/p1700000000000100?thread_ts=1700000000.000000`, {
      redirect: 'manual',
    })
    expect(link.headers.get('location')).toBe(`/#${ALERTS}/1700000000.000100/1700000000.000000`)
  })

  test('answers only on this computer, to its own name, and its own page', async () => {
    const { port, hostname } = new URL(chat.url)
    expect(hostname).toBe('127.0.0.1')
    const { request } = await import('node:http')
    const code = await new Promise((resolve) =>
      request({ port, host: '127.0.0.1', headers: { host: 'evil.example' } }, (answer) =>
        resolve(answer.resume().statusCode),
      ).end(),
    )
    expect(code).toBe(421)
    expect((await fetch(`${chat.url}/sample/state`)).status).toBe(403)
    expect(
      (await fetch(`${chat.url}/sample/constructor`, { method: 'POST', headers: { 'x-sample-chat': '1' } }))
        .status,
    ).toBe(404)
  })

  test('its Slack wants the bot’s token, keeps to methods it knows, and to membership', async () => {
    const ask = async (method: string, token: string, body: Record<string, string>) =>
      (
        await fetch(`${chat.apiUrl}${method}`, {
          method: 'POST',
          headers: { authorization: token },
          body: new URLSearchParams(body),
        })
      ).json()
    expect(await ask('auth.test', '', {})).toMatchObject({ error: 'not_authed' })
    expect(await ask('auth.test', 'Bearer x', {})).toMatchObject({ error: 'invalid_auth' })
    expect(await ask('admin.users.list', `Bearer ${TOKEN}`, {})).toMatchObject({ error: 'unknown_method' })
    expect(await ask('auth.test', `Bearer ${TOKEN}`, {})).toMatchObject({
      ok: true,
      team_id: 'T0HALDEN01',
      user_id: 'U0RECORD01',
      bot_id: 'B0RECORD01',
    })
    expect(await ask('conversations.history', `Bearer ${TOKEN}`, { channel: 'C0RANDOM01' })).toMatchObject({
      error: 'not_in_channel',
    })
    expect(
      await ask('chat.postMessage', `Bearer ${TOKEN}`, {
        channel: ALERTS,
        text: 'x',
        blocks: JSON.stringify([{ type: 'section', text: { type: 'plain_text', text: 'x'.repeat(3_001) } }]),
      }),
    ).toMatchObject({ error: 'invalid_blocks' })
  })
})
