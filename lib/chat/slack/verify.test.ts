import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asFields, asForm, messageAction, NOW, SECRET, signed } from './recorded'
import { sign, verify } from './verify'

const body = asForm(messageAction)
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000)

describe('a request from Slack (C38)', () => {
  test('is taken with its hash, so that the kept bytes verify again (C37)', () => {
    expect(verify(SECRET, signed(body), body, NOW)).toMatchObject({
      scheme: 'slack-v0-hmac',
      at: NOW.toISOString(),
      raw_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
  })

  test('is Slack’s own published example', () => {
    const example =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c'
    expect(sign('8f742231b10e8888abcd99yyyzzz85a5', '1531420618', example)).toBe(
      'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    )
  })

  test.each([
    ['an older one than 300 s', signed(body), 301, 'stale'],
    ['one from the future', signed(body), -301, 'stale'],
    ['another secret', signed(body, NOW, 'another secret'), 0, 'mismatch'],
    ['no signature', new Headers(), 0, 'no_signature'],
    [
      'a timestamp that is no number',
      new Headers({ 'x-slack-request-timestamp': 'NaN', 'x-slack-signature': `v0=${'0'.repeat(64)}` }),
      0,
      'no_signature',
    ],
    [
      'another scheme',
      new Headers({ 'x-slack-request-timestamp': '1772443800', 'x-slack-signature': `v1=${'0'.repeat(64)}` }),
      0,
      'no_signature',
    ],
  ] as const)('%s is refused', (_, headers, seconds, refused) => {
    expect(verify(SECRET, headers, body, later(seconds))).toMatchObject({ refused })
  })

  test('299 s away is still taken', () => {
    expect(verify(SECRET, signed(body), body, later(299))).not.toHaveProperty('refused')
  })

  test('any changed byte is refused, and so is a body that was parsed and written again', () => {
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = body.slice()
        changed[at] = (changed[at] ?? 0) ^ flip
        expect(verify(SECRET, signed(body), changed, NOW)).toMatchObject({ refused: 'mismatch' })
      }),
    )
    const rewritten = new TextEncoder().encode(
      new TextDecoder().decode(body).replaceAll('%20', '+').replaceAll('%22', '%22 '),
    )
    expect(verify(SECRET, signed(body), rewritten, NOW)).toMatchObject({ refused: 'mismatch' })
  })

  test('ssl_check is no exemption', () => {
    const check = asFields({ ssl_check: '1', token: 'x' })
    expect(verify(SECRET, new Headers(), check, NOW)).toMatchObject({ refused: 'no_signature' })
  })

  test('an empty secret is an error, not a secret', () => {
    for (const secret of ['', '  '])
      expect(() => verify(secret, signed(body, NOW, 'x'), body, NOW)).toThrow(/empty/)
  })
})
