import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deliver, signedRequest } from '@/scripts/sample-chat/deliver'
import { POST as command } from '../api/v1/cases/[id]/[command]/route'
import { POST as attach } from '../api/v1/cases/[id]/evidence/route'
import { POST as promote } from '../api/v1/promotions/route'
import { call } from './doors.test-support'
import { settled } from './later'
import { BRUNO, HUGO, openSlackTest, SIGNING, type SlackTest } from './slack.test-support'

/** Whatever asks for one of its addresses is heard. */
const asked: string[] = []
const trap = createServer((request, response) => {
  asked.push(`${request.method} ${request.url}`)
  response.end('{}')
})
let slack: SlackTest
let address: string
let id: string

beforeAll(async () => {
  await new Promise<void>((done) => trap.listen(0, '127.0.0.1', done))
  address = `http://127.0.0.1:${(trap.address() as AddressInfo).port}`
  slack = await openSlackTest()
  const made = await put({ author: `${address}/author`, title: 'Links', text: said('promoted') })
  expect(made.status, made.text).toBe(201)
  id = made.body.case
})
afterAll(async () => {
  await slack?.close()
  trap.close()
})

const put = (body: object) => call(promote, '/api/v1/promotions', { cookie: slack.ada, body })
const said = (place: string) =>
  ['/', '/latest/meta-data/', '/x.png']
    .map((path) => `${address}/${place}${path}`)
    .flatMap((url) => [url, `<${url}|here>`, `![](${url})`, `<img src="${url}">`, `[x]: ${url}`])
    .join('\n')

describe('C60: an address that somebody names', () => {
  it('in a message, a comment, evidence or a file’s name is kept as text, and nobody asks for it', async () => {
    const comment = await call(command, `/api/v1/cases/${id}/add-comment`, {
      cookie: slack.ada,
      body: { text: said('comment') },
      params: { id, command: 'add-comment' },
    })
    expect(comment.status, comment.text).toBe(200)
    const query = new URLSearchParams({ name: `${address}/name`, source: `${address}/source` })
    const file = await call(attach, `/api/v1/cases/${id}/evidence?${query}`, {
      cookie: slack.ada,
      raw: said('evidence'),
      params: { id },
    })
    expect(file.status, file.text).toBe(201)
    const link = await put({ url: `${address}/permalink`, author: 'Hugo Brandt', title: 'A link', text: 'x' })
    expect(link.body).toMatchObject({ code: 'invalid', field: 'url' })
    await slack.work()
    expect(asked).toEqual([])
  })

  it('in a conversation of Slack’s neither, whoever puts it on record', async () => {
    const ts = await slack.chat.acts.say(HUGO, slack.channel, said('slack'))
    await slack.promoteAs(BRUNO, ts, 'Links in Slack')
    for (const link of [
      `${address}/archives/C1/p1700000000000100`,
      'http://169.254.169.254/latest/meta-data/',
    ])
      await slack.chat.acts.command(BRUNO, slack.channel, link)
    await slack.work()
    expect(asked).toEqual([])
  })

  it('even where Slack’s signature says to answer there', async () => {
    const request = signedRequest(SIGNING, 'command', {
      ...{ command: '/record', text: 'not a link', team_id: slack.team, channel_id: slack.channel },
      ...{ user_id: BRUNO, trigger_id: 'trigger', response_url: `${address}/response` },
    })
    expect((await deliver(`${slack.url}/api/slack/commands`, request)).status).toBe(200)
    await settled()
    expect(asked).toEqual([])
    // The trap does hear.
    await fetch(`${address}/heard`)
    expect(asked).toEqual(['GET /heard'])
  })
})
