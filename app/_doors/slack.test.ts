import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deliver, signedRequest } from '@/scripts/sample-chat/deliver'
import { POST as events } from '../api/slack/events/route'
import { GET as readDraft } from '../api/v1/promotions/[draft]/route'
import { call, LEAKED } from './doors.test-support'
import { settled } from './later'
import { ADA, HUGO, openSlackTest, SIGNING, type SlackTest } from './slack.test-support'

let slack: SlackTest
beforeAll(async () => {
  slack = await openSlackTest()
})
afterAll(async () => {
  await slack?.close()
})

describe('what claims to be Slack', () => {
  it.each([
    ['without a signature', {}, 401],
    ['with another secret', 'another secret', 401],
    ['from six minutes ago', new Date(Date.now() - 360_000), 401],
  ])('C38 %s is answered 401 and does nothing', async (_name, how, status) => {
    const before = (await slack.allCases()).length
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
    expect((await slack.allCases()).length).toBe(before)
  })

  it('C38 with a body that was changed or re-encoded is answered 401', async () => {
    const { headers, body } = signedRequest(SIGNING, 'event', { type: 'url_verification', challenge: 'x' })
    expect((await call(events, '/api/slack/events', { raw: `${body} `, headers })).status).toBe(401)
    expect((await call(events, '/api/slack/events', { raw: body, headers })).body).toEqual({ challenge: 'x' })
  })

  it('C38 that sends a delivery again makes nothing new', async () => {
    const url = `${slack.url}/api/slack/interactions`
    const message = { type: 'message', user: HUGO, ts: '1700000000.000100', text: 'an odd thing' }
    const payload = {
      type: 'message_action',
      callback_id: 'put_on_record',
      team: { id: slack.team },
      user: { id: HUGO, name: 'hugo' },
      channel: { id: slack.channel, name: 'x' },
      message,
      trigger_id: randomUUID(),
    }
    for (let times = 0; times < 3; times++)
      expect((await deliver(url, signedRequest(SIGNING, 'interaction', payload))).status).toBe(200)
    const [row] = await slack.doors.sql.begin(async (tx) => {
      await tx`select set_config('app.org', 'org_halden', true)`
      return tx<
        { count: number }[]
      >`select count(*)::int as count from draft where content -> 'message_key' = ${tx.json(`slack:${slack.channel}:1700000000.000100`)}`
    })
    expect(row?.count).toBe(1)
    await settled()
  })
})

describe('putting a message on record', () => {
  let id: string
  let ts: string

  it('C37 C58 fetches the thread itself, masked, and says how far it can be proved', async () => {
    ts = await slack.chat.acts.say(
      HUGO,
      slack.channel,
      `it works for me with postgres://svc_orders:${encodeURIComponent(LEAKED)}@db/orders`,
    )
    await slack.promoteAs(HUGO, ts, 'A password in the channel')
    const made = (await slack.allCases()).find((each) => each.title === 'A password in the channel')
    expect(made).toBeDefined()
    id = made?.id ?? ''
    const { snapshots, reporter, reporter_name, linked, evidence, timeline } = await slack.file(id)
    expect(snapshots[0]).toMatchObject({
      platform: 'slack',
      trust: 'platform-verified',
      channel: slack.channel,
    })
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
    const cards = async () => (await slack.thread(ts)).filter((message) => message.text.includes('Case '))
    expect(await cards()).toHaveLength(1)
    const before = (await slack.file(id)).version
    await slack.promoteAs(ADA, ts, 'The same once more')
    expect((await slack.file(id)).version).toBeGreaterThanOrEqual(before)
    expect(await cards()).toHaveLength(1)
  })

  it('never makes a second case of the same message', async () => {
    expect((await slack.allCases()).filter(({ title }) => title === 'The same once more')).toEqual([])
  })

  it('sends who is too late for the form to the same form on the web', async () => {
    const other = await slack.chat.acts.say(
      HUGO,
      slack.channel,
      'third time this quarter: the same attack path again, through svc_reports',
    )
    const open = slack.chat.slack.trigger
    Object.assign(slack.chat.slack, { trigger: () => 'expired.trigger' })
    await slack.chat.acts.promote(HUGO, slack.channel, other)
    await settled()
    Object.assign(slack.chat.slack, { trigger: open })
    const notice = slack.noticesFor(HUGO).at(-1) ?? ''
    const draft = /\/promote\/(draft_[\w-]+)/.exec(notice)?.[1] ?? ''
    const shown = await call(readDraft, `/api/v1/promotions/${draft}`, {
      cookie: slack.ada,
      params: { draft },
    })
    expect(shown.status, notice).toBe(200)
    expect(shown.body).toMatchObject({
      snapshot: { trust: 'delivered' },
      suggested: {
        category: 'recurring-attack-path',
        nhis: [{ id: 'nhi_svc-reports', reason: 'The message names its account, svc_reports.' }],
      },
      duplicate: null,
    })
  })

  it('C01 approves nothing by words or reactions, whoever says them: they are kept as what was said', async () => {
    const before = await slack.file(id)
    const words = ['approve', 'approved ✅', 'do it', '/approve', 'LGTM, go ahead and rotate']
    for (const text of words) await slack.chat.acts.say(ADA, slack.channel, text, ts)
    await slack.work()
    const after = await slack.file(id)
    const news: { type: string; who: { id: string } }[] = after.timeline.slice(before.timeline.length)
    expect(news.map(({ type }) => type)).toEqual(words.map(() => 'message.added'))
    expect(news.every(({ who }) => who.id === 'sys_slack')).toBe(true)
    expect({ stage: after.stage, actions: after.actions }).toEqual({
      stage: before.stage,
      actions: before.actions,
    })
  })

  it('C39 keeps replies in a promoted thread beside what was there, with their author and secrets masked, once', async () => {
    const before = await slack.file(id)
    const said = `it is also in the vault: ${LEAKED} and AKIAQYLPMN5HFIQR7XYA`
    const reply = await slack.chat.acts.say(HUGO, slack.channel, said, ts)
    await slack.work()
    const { snapshots } = await slack.file(id)
    expect(snapshots.slice(0, before.snapshots.length)).toEqual(before.snapshots)
    expect(snapshots.at(-1)).toMatchObject({
      trust: 'delivered',
      thread: ts,
      messages: [{ author: 'Hugo Brandt', author_id: HUGO, message_id: reply }],
    })
    expect(JSON.stringify(snapshots)).not.toContain('AKIAQYLPMN5HFIQR7XYA')
    await slack.chat.acts.edit(HUGO, slack.channel, reply, 'never mind')
    await slack.work()
    const { timeline, snapshots: later } = await slack.file(id)
    expect(timeline.at(-1)).toMatchObject({
      type: 'message.drifted',
      data: { message_id: reply, text: 'never mind' },
    })
    expect(later).toHaveLength(snapshots.length)
  })

  it('keeps nothing of threads that are not on record', async () => {
    const alone = await slack.chat.acts.say(HUGO, slack.channel, 'Lunch?')
    const before = await slack.file(id)
    await slack.chat.acts.say(ADA, slack.channel, 'Yes', alone)
    await slack.work()
    expect((await slack.file(id)).version).toBe(before.version)
  })

  it('C39 records an edit and a deletion beside what was there, with secrets masked', async () => {
    await slack.chat.acts.edit(HUGO, slack.channel, ts, `never mind, AKIAQYLPMN5HFIQR7XYA is the key`)
    await slack.work()
    await slack.chat.acts.remove(HUGO, slack.channel, ts)
    await slack.work()
    const { timeline, snapshots } = await slack.file(id)
    const drifted = timeline.filter(
      (entry: { type: string; data: { message_id: string } }) =>
        entry.type === 'message.drifted' && entry.data.message_id === ts,
    )
    expect(drifted.map((entry: { data: { change: string } }) => entry.data.change)).toEqual([
      'edited',
      'deleted',
    ])
    expect(JSON.stringify(drifted)).not.toContain('AKIAQYLPMN5HFIQR7XYA')
    expect(snapshots[0].messages[0].text).toContain('it works for me')
  })
})
