import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { messageKey, threadKey } from './message-key'
import { parsePermalink } from './permalink'

const slack = (link: string) => {
  const parsed = parsePermalink(link)
  return parsed?.platform === 'slack' ? parsed : null
}

describe('a Slack permalink', () => {
  test('is read into its parts, and ts stays a string', () => {
    expect(parsePermalink('https://halden.slack.com/archives/C0ALERTS01/p1700000000000100')).toEqual({
      platform: 'slack',
      url: 'https://halden.slack.com/archives/C0ALERTS01/p1700000000000100',
      workspace: 'halden',
      team: null,
      channel: 'C0ALERTS01',
      ts: '1700000000.000100',
      thread_ts: null,
    })
  })

  test.each([
    [
      'a reply in a thread',
      'https://halden.slack.com/archives/C0ALERTS01/p1700000000000200?thread_ts=1700000000.000100&cid=C0ALERTS01',
      { thread_ts: '1700000000.000100' },
    ],
    [
      'an enterprise grid',
      'https://halden.enterprise.slack.com/archives/C0ALERTS01/p1700000000000100',
      { workspace: 'halden' },
    ],
    [
      'the government cloud',
      'https://halden.slack-gov.com/archives/C0ALERTS01/p1700000000000100',
      { workspace: 'halden' },
    ],
    [
      'the web client',
      'https://app.slack.com/client/T0HALDEN01/C0ALERTS01/thread/C0ALERTS01-1700000000.000100',
      { team: 'T0HALDEN01', ts: '1700000000.000100' },
    ],
    [
      'capital letters in the host',
      'https://HALDEN.Slack.com/archives/C0ALERTS01/p1700000000000100',
      { workspace: 'halden' },
    ],
  ])('%s', (_, link, parts) => {
    expect(slack(link)).toMatchObject(parts)
  })

  test.each([
    ['15 digits: refused, not guessed', 'https://halden.slack.com/archives/C0ALERTS01/p170000000000010'],
    ['17 digits', 'https://halden.slack.com/archives/C0ALERTS01/p17000000000001000'],
    ['no scheme but http', 'http://halden.slack.com/archives/C0ALERTS01/p1700000000000100'],
    ['a port', 'https://halden.slack.com:8443/archives/C0ALERTS01/p1700000000000100'],
    ['a user name', 'https://halden.slack.com@evil.example/archives/C0ALERTS01/p1700000000000100'],
    ['a trailing dot', 'https://halden.slack.com./archives/C0ALERTS01/p1700000000000100'],
    ['deeper subdomain', 'https://a.b.slack.com/archives/C0ALERTS01/p1700000000000100'],
    ['slack.com itself', 'https://slack.com/archives/C0ALERTS01/p1700000000000100'],
    ['a host that is no workspace', 'https://hooks.slack.com/archives/C0ALERTS01/p1700000000000100'],
    [
      'another channel in cid',
      'https://halden.slack.com/archives/C0ALERTS01/p1700000000000100?cid=C0SECRET01',
    ],
    ['a bad thread_ts', 'https://halden.slack.com/archives/C0ALERTS01/p1700000000000100?thread_ts=17'],
    ['a path that goes on', 'https://halden.slack.com/archives/C0ALERTS01/p1700000000000100/x'],
    ['a person, not a message', 'https://halden.slack.com/team/U0HUGO0001'],
    ['an odd channel', 'https://halden.slack.com/archives/..%2f..%2fx/p1700000000000100'],
    ['a backslash', 'https://halden.slack.com\\@evil.example/archives/C0ALERTS01/p1700000000000100'],
  ])('%s is refused', (_, link) => {
    expect(slack(link)).toBeNull()
    expect(parsePermalink(link)).toBeNull()
  })

  test('a host that only looks like Slack is some other link, shown with its host', () => {
    for (const host of [
      'halden.slack.com.evil.example',
      'slack.com.evil.example',
      'haldenslack.com',
      'halden.slack.co',
    ])
      expect(parsePermalink(`https://${host}/archives/C0ALERTS01/p1700000000000100`)).toMatchObject({
        platform: 'other',
        host,
      })
  })

  test('the sample chat counts as Slack only where it is named', () => {
    const link = 'http://127.0.0.1:4100/archives/C0ALERTS01/p1700000000000100'
    expect(parsePermalink(link)).toBeNull()
    expect(parsePermalink(link, { origins: ['http://127.0.0.1:4100'] })).toMatchObject({
      platform: 'slack',
      channel: 'C0ALERTS01',
    })
  })
})

describe('other links', () => {
  test('a Teams message', () => {
    expect(
      parsePermalink(
        'https://teams.microsoft.com/l/message/19%3Aabc%40thread.tacv2/1700000000000?parentMessageId=1699999999999&tenantId=x',
      ),
    ).toMatchObject({
      platform: 'teams',
      channel: '19:abc@thread.tacv2',
      ts: '1700000000000',
      thread_ts: '1699999999999',
    })
  })

  test('https only', () => {
    expect(parsePermalink('https://chat.example/share/1')).toMatchObject({
      platform: 'other',
      host: 'chat.example',
    })
    for (const link of [
      'http://chat.example/x',
      'javascript:alert(1)',
      'ftp://a',
      '',
      'hello',
      'https://exa mple',
      'https://еxample.com',
    ])
      expect(parsePermalink(link)).toBeNull()
  })

  test('any text: an answer or null, never a throw', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.tuple(fc.domain(), fc.string()).map(([domain, path]) => `https://${domain}/${path}`),
          fc.string().map((tail) => `https://halden.slack.com/${tail}`),
        ),
        (link) => {
          parsePermalink(link)
        },
      ),
    )
  })
})

describe('keys', () => {
  test('a shortcut and a pasted link of the same message meet', () => {
    const pasted = slack(
      'https://halden.slack.com/archives/C0ALERTS01/p1700000000000200?thread_ts=1700000000.000100&cid=C0ALERTS01',
    )
    const place = {
      platform: 'slack',
      channel: 'C0ALERTS01',
      ts: '1700000000.000200',
      thread_ts: '1700000000.000100',
    } as const
    expect(pasted && messageKey(pasted)).toBe(messageKey(place))
    expect(pasted && threadKey(pasted)).toBe(threadKey({ ...place, ts: '1700000000.000300' }))
  })

  test('are short enough for the record', () => {
    expect(
      messageKey({ platform: 'other', host: 'a', url: `https://a/${'x'.repeat(1_900)}` }).length,
    ).toBeLessThan(300)
  })
})
