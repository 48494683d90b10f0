import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GET as askToLink, POST as link } from '../api/slack/link/route'
import { call, cookieOf } from './doors.test-support'
import { settled } from './later'
import { BRUNO, ESTHER, HUGO, openSlackTest, type SlackTest } from './slack.test-support'
import { linkAddress } from './slack-link'

let slack: SlackTest
beforeAll(async () => {
  slack = await openSlackTest()
})
afterAll(async () => {
  await slack?.close()
})

describe('/record', () => {
  it('C60 fetches a link only for who is in that conversation', async () => {
    const ts = await slack.chat.acts.say(HUGO, slack.channel, 'a new suspicious login from an unknown device')
    const url = `${slack.chat.url}/archives/${slack.channel}/p${ts.replace('.', '')}`
    const open =
      slack.chat.story.channels.find((each) => each.members.includes(ESTHER) && each.id !== slack.channel)
        ?.id ?? ''
    expect((await slack.chat.acts.command(ESTHER, open, url)).status).toBe(200)
    await settled()
    expect(slack.formsOf(ESTHER)).toEqual([])
    expect(slack.noticesFor(ESTHER).at(-1)).toContain('You are not in that conversation')
    const before = slack.formsOf(BRUNO).length
    expect((await slack.chat.acts.command(BRUNO, slack.channel, url)).status).toBe(200)
    await settled()
    expect(slack.formsOf(BRUNO).length, slack.noticesFor(BRUNO).at(-1)).toBe(before + 1)
  })

  it('says what it takes when it gets something else', async () => {
    await slack.chat.acts.command(BRUNO, slack.channel, 'not a link')
    expect(slack.noticesFor(BRUNO).at(-1)).toContain('/record <link>')
  })
})

describe('linking a Slack account', () => {
  const address = () => new URL(linkAddress(slack.doors, { team: slack.team, user: HUGO, name: 'hugo' }))
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
    const hugo = await cookieOf(slack.doors, 'usr_hugo')
    const shown = await call(askToLink, pathname + search, { cookie: hugo })
    expect(shown.text).toContain('Hugo Brandt')
    expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('works once, for the one it was made for, and not after ten minutes or on a forged link', async () => {
    const hugo = await cookieOf(slack.doors, 'usr_hugo')
    const token = address().searchParams.get('token') ?? ''
    expect((await confirm(`${token.slice(0, -4)}AAAA`, hugo)).status).toBe(409)
    const done = await confirm(token, hugo)
    expect(done.status, done.text).toBe(200)
    expect((await confirm(token, await cookieOf(slack.doors, 'usr_bruno'))).status).toBe(409)
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
