import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MessagePlace } from '../../lib/chat/adapter'
import type { Card } from '../../lib/chat/card'
import { maskSnapshot } from '../../lib/chat/mask-snapshot'
import { slackAdapter } from '../../lib/chat/slack/adapter'
import { capture, deliveredSnapshot } from '../../lib/chat/slack/capture'
import { cardMessage } from '../../lib/chat/slack/card'
import { slackClients } from '../../lib/chat/slack/client'
import { promotionModal } from '../../lib/chat/slack/modal'
import { findOwnCard, postCard } from '../../lib/chat/slack/post'
import { canSee } from '../../lib/chat/slack/see'
import { tell } from '../../lib/chat/slack/tell'
import { readThread } from '../../lib/chat/slack/thread'
import { type SampleChat, startSampleChat } from './start'
import { haldenInstruments } from './story'

const KEY = 'a fingerprint key of the organisation'
const PASSWORD = 'q7-Vk2#long/one'
const TOKEN = 'xoxb-sample'
const NOW = new Date()
const LIMITS = { messages: 200, patience: 0 }

/** Halden's story, with a thread that needs three pages, a guest, a stranger and somebody who has left. */
function story() {
  const halden = haldenInstruments(PASSWORD)
  const alerts = halden.channels[0]
  if (!alerts) throw new Error('no channel')
  const replies = Array.from({ length: 36 }, (_, index) => ({
    by: 'U0BRUNO001',
    minutes: 4,
    text: `step ${index + 1}`,
  }))
  alerts.messages.push({ by: 'U0GRACE001', minutes: 5, text: 'a long one', replies })
  const flagged = {
    U0IVO00001: { is_restricted: true },
    U0HUGO0001: { is_stranger: true, team_id: 'T0OTHER001' },
    U0DEV00001: { deleted: true },
  }
  for (const person of halden.people)
    Object.assign(person, { flags: flagged[person.id as keyof typeof flagged] })
  return halden
}

let chat: SampleChat
const clients = () => slackClients({ botToken: TOKEN, apiUrl: chat.apiUrl })
const secret = { signingSecret: 'a signing secret', botToken: TOKEN }

beforeAll(async () => {
  chat = await startSampleChat({
    port: 0,
    appUrl: 'http://127.0.0.1:9',
    ...secret,
    leakedPassword: PASSWORD,
    story: story(),
    now: NOW,
    rates: { 'conversations.info': 3 },
  })
})
afterAll(() => chat.close())

async function find(channel: string, words: string): Promise<MessagePlace> {
  const said = (await chat.workspace.call('conversations.history', 'U0ADA00001', {
    channel,
    limit: 200,
  })) as { messages: { ts: string; text: string }[] }
  const ts = said.messages.find(({ text }) => text.includes(words))?.ts
  if (!ts) throw new Error(`nobody said ${words}`)
  return {
    platform: 'slack',
    team: 'T0HALDEN01',
    channel,
    channel_name: 'security-alerts',
    ts,
    thread_ts: null,
  }
}
const captured = async (place: MessagePlace, limits = LIMITS) => {
  const result = await capture(clients(), place, limits, NOW)
  if ('seen' in result) throw new Error(result.why)
  return result
}

describe('a thread is captured', () => {
  test('whole, in pages of 15, with the times and ids of the platform (C37)', async () => {
    const { snapshot } = await captured(await find('C0ALERTS01', 'a long one'))
    expect(snapshot.messages.map(({ text }) => text)).toEqual([
      'a long one',
      ...Array.from({ length: 36 }, (_, index) => `step ${index + 1}`),
    ])
    expect(snapshot).toMatchObject({
      completeness: 'complete',
      trust: 'platform-verified',
      verified: 'slack-web-api',
      permalink: expect.stringContaining('/archives/C0ALERTS01/p'),
    })
    const pages = chat.slack.calls.filter(
      ({ method, body }) => method === 'conversations.replies' && body.ts === snapshot.thread,
    )
    expect(pages.map(({ body }) => body.limit)).toEqual(['15', '15', '15'])
  })

  test('and masked before anything is kept: the password is in no message (C58)', async () => {
    const place = await find('C0ALERTS01', 'orders-api')
    const { snapshot, secrets } = await maskSnapshot((await captured(place)).snapshot, KEY)
    expect(JSON.stringify(snapshot)).not.toContain('q7-Vk2')
    expect(secrets).toEqual([
      expect.objectContaining({
        kind: 'postgres-password',
        value: PASSWORD,
        label: 'postgres password of svc_orders at orders-db.halden.internal:5432/orders',
      }),
    ])
    expect(snapshot.messages[0]?.text).toContain('postgres://svc_orders:[secret: postgres password ')
    expect(snapshot.messages).toHaveLength(5)
  })

  test('guests, strangers and people who have left are flagged (C41)', async () => {
    const { snapshot } = await captured(await find('C0ALERTS01', 'orders-api'))
    const flags = Object.fromEntries(
      snapshot.messages.map((message) => [message.author, message.author_flags]),
    )
    expect(flags).toEqual({ 'Hugo Brandt': ['external'], 'Dev Raman': ['deleted'], 'Grace Lim': [] })
  })

  test('a program that calls itself Farid Haddad is shown as the program that it is (C41)', async () => {
    const { snapshot } = await captured(await find('C0ALERTS01', 'no case needed'))
    expect(snapshot.messages[0]).toMatchObject({
      author: 'Farid Haddad',
      author_id: 'A0ALERT001',
      author_flags: ['bot'],
    })
  })

  test('a limit leaves a gap that says so', async () => {
    const { snapshot } = await captured(await find('C0ALERTS01', 'a long one'), { messages: 20, patience: 0 })
    expect(snapshot).toMatchObject({
      completeness: 'partial',
      completeness_reason: 'only the first 20 messages were taken',
    })
    expect(snapshot.messages).toHaveLength(20)
  })

  test('where the app is not a member, what was delivered is kept as delivered', async () => {
    const place = { ...(await find('C0RANDOM01', 'label printer')), channel_name: 'random' }
    expect(await capture(clients(), place, LIMITS, NOW)).toEqual({ seen: false, why: 'app_not_in_channel' })
    const message = {
      author: 'esther',
      author_id: 'U0ESTHER01',
      author_flags: [],
      said_at: NOW.toISOString(),
      text: 'Has anybody seen the label printer?',
      files: 0,
    }
    expect(deliveredSnapshot(place, message, 'a'.repeat(64), 'app_not_in_channel', NOW)).toMatchObject({
      trust: 'delivered',
      completeness: 'partial',
      completeness_reason: expect.stringContaining('not in that channel'),
    })
  })

  test('a message that is not there is not made up', async () => {
    const place = await find('C0ALERTS01', 'on call')
    expect(await capture(clients(), { ...place, ts: '1600000000.000100' }, LIMITS, NOW)).toEqual({
      seen: false,
      why: 'no_such_channel',
    })
    expect(await capture(clients(), { ...place, channel: 'C0NOTHING1' }, LIMITS, NOW)).toEqual({
      seen: false,
      why: 'no_such_channel',
    })
  })
})

describe('the confused deputy', () => {
  test('Esther is not in #security-alerts: the bot does not read it out to her', async () => {
    expect(await canSee(clients().api, { user: 'U0ESTHER01' }, { channel: 'C0ALERTS01' })).toEqual({
      seen: false,
      why: 'not_a_member',
    })
    expect(await canSee(clients().api, { user: 'U0ADA00001' }, { channel: 'C0ALERTS01' })).toEqual({
      seen: true,
    })
    expect(await canSee(clients().api, { user: 'U0ADA00001' }, { channel: 'C0NOTHING1' })).toEqual({
      seen: false,
      why: 'no_such_channel',
    })
  })
})

describe('the card', () => {
  const card: Card = {
    case: 'case_live',
    number: 1,
    version: 1,
    title: 'Leaked',
    stage: 'identify',
    severity: 'high',
    owner: null,
    lines: [],
    url: 'http://localhost/cases/1',
    approval_url: null,
    buttons: ['confirm', 'comment'],
  }
  const message = (changes: Partial<Card> = {}) =>
    cardMessage({ ...card, ...changes }, 'a key for the buttons', 'T0HALDEN01', 'C0ALERTS01')
  const cards = async (place: MessagePlace, id: string) => {
    const { messages } = await readThread(
      clients().api,
      { channel: place.channel, ts: place.ts, metadata: true },
      { messages: 100, patience: 0 },
    )
    return messages.filter(({ metadata }) => metadata?.event_payload?.case === id)
  }

  test('is posted once: after a crash the one that stands is found, and later edited in place', async () => {
    const place = await find('C0ALERTS01', 'orders-api')
    const first = await postCard(clients(), place, message(), null)
    const again = await postCard(clients(), place, message({ version: 2 }), null)
    const later = await postCard(clients(), place, message({ version: 3, stage: 'confirm' }), first.ts)
    expect([first.how, again.how, later.how]).toEqual(['posted', 'found', 'updated'])
    expect(new Set([first.ts, again.ts, later.ts]).size).toBe(1)
    expect(await cards(place, 'case_live')).toHaveLength(1)
    expect((await cards(place, 'case_live'))[0]?.metadata?.event_payload).toEqual({
      case: 'case_live',
      version: 3,
    })
  })

  test('a deleted card is posted anew', async () => {
    const place = await find('C0ALERTS01', 'on call')
    const posted = await postCard(clients(), place, message({ case: 'case_gone' }), null)
    await chat.workspace.call('chat.delete', 'U0RECORD01', { channel: place.channel, ts: posted.ts })
    expect((await postCard(clients(), place, message({ case: 'case_gone' }), posted.ts)).how).toBe('posted')
  })

  test('somebody else’s message with our metadata is not our card', async () => {
    const place = await find('C0ALERTS01', 'on call')
    await chat.workspace.call('chat.postMessage', 'U0ALERT001', {
      channel: place.channel,
      thread_ts: place.ts,
      text: 'mine',
      bot_id: 'B0ALERT001',
      ...{ metadata: message({ case: 'case_fake' }).metadata },
    })
    expect(await findOwnCard(clients(), place, 'case_fake')).toBeNull()
  })
})

describe('forms and answers', () => {
  const form = promotionModal({
    draft: 'draft_1',
    preview: 'x',
    title: 'Leaked',
    category: 'other',
    severity: null,
    because: [],
    masked: 0,
    existing: null,
    url: 'http://localhost/promote/draft_1',
  })
  const adapter = () => slackAdapter({ ...secret, apiUrl: chat.apiUrl, origins: [chat.url] })

  test('a trigger opens one form, within three seconds', async () => {
    const trigger = chat.slack.trigger('U0ADA00001')
    expect(await adapter().openForm(trigger, form)).toBe('opened')
    expect([...chat.slack.forms.values()].at(-1)).toMatchObject({
      user: 'U0ADA00001',
      view: { private_metadata: 'draft_1' },
    })
    expect(await adapter().openForm(trigger, form)).toBe('too_late')
    expect(await adapter().openForm('made up', form)).toBe('failed')
  })

  test('a form that breaks Slack’s limits is not opened', async () => {
    const long = { ...form, title: { ...form.title, text: 'x'.repeat(25) } }
    expect(await adapter().openForm(chat.slack.trigger('U0ADA00001'), long)).toBe('failed')
  })

  test('a rate limit on reading does not delay a form', async () => {
    const { api } = clients()
    await Promise.allSettled(
      Array.from({ length: 6 }, () => api.conversations.info({ channel: 'C0ALERTS01' })),
    )
    await expect(api.conversations.info({ channel: 'C0ALERTS01' })).rejects.toMatchObject({
      retryAfter: expect.any(Number),
    })
    const start = performance.now()
    expect(await adapter().openForm(chat.slack.trigger('U0ADA00001'), form)).toBe('opened')
    expect(performance.now() - start).toBeLessThan(1_000)
  })

  test('the sample chat’s links are Slack’s here, and nowhere else', async () => {
    const { snapshot } = await captured(await find('C0ALERTS01', 'on call'))
    expect(adapter().parsePermalink(snapshot.permalink ?? '')).toMatchObject({
      platform: 'slack',
      channel: 'C0ALERTS01',
      ts: snapshot.messages[0]?.message_id,
    })
    expect(slackAdapter(secret).parsePermalink(snapshot.permalink ?? '')).toBeNull()
  })

  test('nothing but Slack’s own address is answered to', async () => {
    expect(await tell(clients(), 'http://169.254.169.254/latest/meta-data', 'hello')).toBe(false)
    expect(slackClients({ botToken: 'x' }).responds('https://hooks.slack.com/actions/T/1/x')).toBe(true)
    for (const link of [
      'http://hooks.slack.com/x',
      'https://hooks.slack.com.evil.example/x',
      'https://evil.example/hooks.slack.com',
      'https://hooks.slack.com:8443/x',
      'file:///etc/passwd',
      '',
    ])
      expect(slackClients({ botToken: 'x' }).responds(link)).toBe(false)
  })

  test('there is no approve on the adapter (C01)', () => {
    expect(Object.keys(adapter()).sort()).toEqual([
      'canSee',
      'capture',
      'findOwnCard',
      'nameOf',
      'openForm',
      'parse',
      'parsePermalink',
      'platform',
      'postCard',
      'postNotice',
      'tell',
      'verify',
    ])
  })
})
