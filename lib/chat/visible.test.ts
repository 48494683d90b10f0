import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyCharacter } from '../record/any-character.test-support'
import { busyFor } from './busy.test-support'
import { type Segment, visible, visibleText } from './visible'

const link = (text: string) => visible(text).find((segment) => segment.kind === 'link')
const hidden = (text: string) => visible(text).filter((segment) => segment.kind === 'hidden')

describe('what hides or deceives is shown (C43)', () => {
  test('a right-to-left override is a named mark, not an effect', () => {
    expect(visible('invoice\u202efdp.exe')).toEqual([
      { kind: 'text', text: 'invoice' },
      { kind: 'hidden', name: 'right-to-left override', code: 'U+202E', text: '\u202e' },
      { kind: 'text', text: 'fdp.exe' },
    ])
    expect(visibleText('invoice\u202efdp.exe')).toBe('invoice⟨U+202E right-to-left override⟩fdp.exe')
  })

  test.each([
    ['zero-width space', 'app\u200brove', 'zero-width space'],
    ['isolate', 'a\u2066b\u2069', 'left-to-right isolate'],
    ['escape', 'a\u001b[31m', 'escape'],
    ['null', 'a\u0000', 'null'],
    ['a message in tag characters', 'ok\u{e0061}\u{e0070}', 'tag character a'],
    ['a filler that looks empty', 'a\u3164b', 'Hangul filler'],
    ['byte order mark', '\ufeffa', 'byte order mark'],
    ['half a surrogate pair', 'a\ud83d', 'lone surrogate'],
    ['a carriage return that overwrites', 'good\rbad', 'carriage return'],
    ['variation selectors that carry data', 'a\ufe01\ufe02', 'variation selector'],
  ])('%s', (_, text, name) => {
    expect(hidden(text)[0]).toMatchObject({ name })
  })

  test('ordinary text, line ends and emoji are left alone', () => {
    for (const text of ['Grüße, 東京\tund\nmehr\r\n', '👩‍💻 ❤️ 👍🏽 1️⃣', 'שלום عليكم'])
      expect(visible(text)).toEqual([{ kind: 'text', text }])
  })

  test.each([
    ['https://login.microsoft.com@evil.example/x', 'evil.example', /before the @/],
    ['https://gіthub.com/login', 'xn--gthub-n2e.com', /look-alike/],
    ['https://xn--gthub-n2e.com/', 'xn--gthub-n2e.com', /outside ASCII/],
    ['https://ｅxample.com', 'example.com', /look-alike/],
    ['https://0x7f.1/admin', '127.0.0.1', /Written as 0x7f\.1/],
    ['http://169.254.169.254/latest', '169.254.169.254', /bare network address/],
    ['https://bank.example\u200b.evil.example', 'bank.example', /hidden character/],
  ])('%s is marked', (text, host, sentence) => {
    expect(link(text)).toMatchObject({ host, suspicious: expect.stringMatching(sentence) })
  })

  test('a plain link is a link, without the punctuation around it', () => {
    expect(visible('see (https://wiki.example/a_(b)?q=1), ok')).toEqual([
      { kind: 'text', text: 'see (' },
      {
        kind: 'link',
        text: 'https://wiki.example/a_(b)?q=1',
        href: 'https://wiki.example/a_(b)?q=1',
        host: 'wiki.example',
        suspicious: null,
      },
      { kind: 'text', text: '), ok' },
    ])
  })

  test('nothing but http and https becomes a link, and no markup is read (C60)', () => {
    for (const text of [
      'javascript:alert(1)',
      'data:text/html,x',
      '[click](javascript:alert(1))',
      '<b>hi</b> &lt;',
      '**bold**',
      'file:///etc/passwd',
      'vbscript:x',
    ])
      expect(visible(text)).toEqual([{ kind: 'text', text }])
    expect(visible('[click](https://a.example)').map((segment) => segment.text)).toEqual([
      '[click](',
      'https://a.example',
      ')',
    ])
  })

  test('the segments put together are the text, whatever the text', () => {
    const source = (segments: Segment[]) => segments.map((segment) => segment.text).join('')
    const odd = fc.constantFrom(
      '\u202e',
      '\u200b',
      'https://',
      'a',
      '@',
      '.',
      ')',
      ' ',
      '\u{e0041}',
      '❤️',
      '\ud800',
      '/',
    )
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: anyCharacter }), fc.string({ unit: odd })),
        (text) => source(visible(text)) === text,
      ),
    )
  })

  test('no segment that is rendered holds a hidden character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: anyCharacter }),
        (text) => !/[\u202a-\u202e\u2066-\u2069\u200b]/.test(visibleText(text)),
      ),
    )
  })

  test('40 kB of anything are read at once', async () => {
    for (const text of [
      'https://'.repeat(5_000),
      'https://a)'.repeat(4_000),
      '\u202e'.repeat(40_000),
      `https://a/${')'.repeat(39_000)}`,
    ]) {
      expect(await busyFor(() => visible(text))).toBeLessThan(500)
    }
  })
})
