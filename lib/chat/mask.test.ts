import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyCharacter } from '../record/any-character.test-support'
import { busyFor } from './busy.test-support'
import { fingerprint } from './fingerprint'
import { mask, maskAll, withoutValues } from './mask'

const KEY = 'a fingerprint key of the organisation'
/** Put together at run time, so that no scanner takes this file for a leak. */
const join = (...parts: string[]) => parts.join('')

const LEAKS: [kind: string, text: string, secret: string][] = [
  [
    'postgres-password',
    'DATABASE_URL=postgres://svc_orders:k7%23Vq-long@db.internal:5432/orders',
    'k7#Vq-long',
  ],
  ['postgres-password', 'postgresql://svc:p@ss/w0rd!x@db.internal/orders', 'p@ss/w0rd!x'],
  ['redis-password', 'redis://:onlyapassword@cache:6379/0', 'onlyapassword'],
  ['mongodb-password', 'mongodb+srv://app:Zx81kq@cluster0.example.net/prod', 'Zx81kq'],
  ['connection-password', 'constructor://app:Zx81kq77@h/d', 'Zx81kq77'],
  ['web-password', 'curl https://u:tiny@host.example.com/x', 'tiny'],
  ['connection-password', 'kafka+sasl://writer:4fGh77aa@broker:9093', '4fGh77aa'],
  [
    'stripe-key',
    join('key: sk_', 'live_', '51Hxyzabcdefghijklmnop'),
    join('sk_', 'live_', '51Hxyzabcdefghijklmnop'),
  ],
  [
    'openai-key',
    join('use sk-', 'proj-', 'abcdefghijklmnopqrstuvwxyz0123'),
    join('sk-', 'proj-', 'abcdefghijklmnopqrstuvwxyz0123'),
  ],
  [
    'jwt',
    join('eyJ', 'hbGciOiJIUzI1NiJ9.eyJ', 'zdWIiOiIxMjM0In0.c2lnbmF0dXJl'),
    join('eyJ', 'hbGciOiJIUzI1NiJ9.eyJ', 'zdWIiOiIxMjM0In0.c2lnbmF0dXJl'),
  ],
  [
    'azure-client-secret',
    join('abc8', 'Q~', 'AbCdEfGhIjKlMnOpQrStUvWxYz012345678'),
    join('abc8', 'Q~', 'AbCdEfGhIjKlMnOpQrStUvWxYz012345678'),
  ],
  [
    'azure-access-signature',
    join('https://x.blob.core.windows.net/c?sv=2024&sig=', 'abcDEF123456789012345678%2B%3D'),
    join('abcDEF123456789012345678%2B%3D'),
  ],
  [
    'okta-token',
    join('SSWS 00', 'aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789_-gh'),
    join('00', 'aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789_-gh'),
  ],
  ...['AKIA', 'ASIA', 'A3TX', 'ANVA'].map((kind): [string, string, string] => [
    'aws-access-key-id',
    join('the key is ', kind, 'QQQQZZZZ12345678.'),
    join(kind, 'QQQQZZZZ12345678'),
  ]),
  [
    'aws-secret-access-key',
    join('aws_secret_access_key = ', 'abcdEFGH0123abcdEFGH0123abcdEFGH0123abcd'),
    'abcdEFGH0123abcdEFGH0123abcdEFGH0123abcd',
  ],
  [
    'github-token',
    join('ghp_', 'abcdefghijklmnopqrstuvwxyz0123456789'),
    join('ghp_', 'abcdefghijklmnopqrstuvwxyz0123456789'),
  ],
  ['slack-token', join('xoxb-', '123456789012-abcdefghijkl'), join('xoxb-', '123456789012-abcdefghijkl')],
  ['bearer-token', 'Authorization: Bearer abc.DEF-123_456~789/012+345==', 'abc.DEF-123_456~789/012+345=='],
  ['basic-credentials', 'Authorization: Basic c3ZjOmh1bnRlcjI=', 'c3ZjOmh1bnRlcjI='],
  ['password', 'PGPASSWORD=correct-horse psql', 'correct-horse'],
  ['password', 'pwd: hunter22', 'hunter22'],
  ['password', '"password" : "with spaces in it"', 'with spaces in it'],
  ['password', 'the password is hunter22, sorry', 'hunter22'],
  ['password', "ALTER ROLE svc PASSWORD 'x9-abc'", 'x9-abc'],
  ['password', 'mysql --password hunter22 -h db', 'hunter22'],
  ['password', 'curl -u svc:hunter22 https://api', 'hunter22'],
  ['password', 'Server=db;User Id=svc;Password=a1B2c3;Encrypt=true', 'a1B2c3'],
  ['secret-value', 'client_secret=0123456789abcdef', '0123456789abcdef'],
]

describe('a secret in a message is masked (C58)', () => {
  test.each(LEAKS)('%s: %s', async (kind, text, secret) => {
    const { text: masked, secrets } = await mask(text, KEY)
    expect(masked).not.toContain(secret)
    expect(secrets).toContainEqual(
      expect.objectContaining({ kind, value: secret, fingerprint: fingerprint(KEY, secret) }),
    )
    expect(masked).toContain(
      `[secret: ${kind.replaceAll('-', ' ')} ${fingerprint(KEY, secret).slice(0, 8)}…]`,
    )
  })

  test('a connection string loses its password and nothing else', async () => {
    const { text, secrets } = await mask('postgres://svc_orders:hunter2hunter2@db.internal/orders', KEY)
    expect(text).toMatch(
      /^postgres:\/\/svc_orders:\[secret: postgres password [0-9a-f]{8}…\]@db\.internal\/orders$/,
    )
    expect(secrets.map((secret) => secret.label)).toEqual([
      'postgres password of svc_orders at db.internal/orders',
    ])
  })

  test('text that contains secretlint-disable does not switch it off', async () => {
    const token = join('ghp_', 'abcdefghijklmnopqrstuvwxyz0123456789')
    const gcp = join(
      '-----BEGIN PRIVATE',
      ' KEY-----\\nMIIE',
      'A'.repeat(80),
      '\\n-----END PRIVATE',
      ' KEY-----',
    )
    for (const line of [
      '// secretlint-disable',
      '<!-- secretlint-disable -->',
      'secretlint-disable-line',
      '/* secretlint-disable @secretlint/secretlint-rule-github */',
    ]) {
      const { text } = await mask(`${line}\n${token} ${gcp} ${line}\npostgres://a:bcdefgh@h/d`, KEY)
      expect(text).not.toContain(token)
      expect(text).not.toContain('MIIE')
      expect(text).not.toContain('bcdefgh')
    }
  })

  test('private keys: whole, inside JSON, and cut off before their end', async () => {
    const body = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC'.repeat(4)
    const begin = join('-----BEGIN RSA PRIVATE', ' KEY-----')
    const end = join('-----END RSA PRIVATE', ' KEY-----')
    for (const text of [
      `a ${begin}\n${body}\n${end} b`,
      `{"k":"${begin}\\n${body}\\n${end}\\n"}`,
      `a ${begin}\n${body}\n${body.slice(0, 40)}\nand prose`,
    ]) {
      const masked = await mask(text, KEY)
      expect(masked.text).not.toContain('MIIE')
      expect(masked.text).toContain('[secret: rsa private key ')
    }
    expect((await mask(`a ${begin}\n${body}\n\nand prose`, KEY)).text).toContain('and prose')
  })

  test('a zero-width character in the middle hides nothing', async () => {
    const { text } = await mask('pass\u200bword=hunt\u2060er22 ok', KEY)
    expect(text).not.toMatch(/hunt/)
    expect(text).toContain(' ok')
  })

  test('what a colleague quotes, and the name of a file, are masked with it', async () => {
    const { texts, secrets } = await maskAll(
      [
        'DATABASE_URL=postgres://svc:hunter2hunter2@db/orders',
        'is hunter2hunter2 still live?',
        'dump-hunter2hunter2.sql',
      ],
      KEY,
    )
    expect(texts.join('\n')).not.toContain('hunter2hunter2')
    expect(secrets).toHaveLength(1)
    const marks = texts.map((text) => text.match(/\[secret: [^\]]+\]/)?.[0])
    expect(new Set(marks).size).toBe(1)
  })

  test('placeholders, prose and account numbers stay readable', async () => {
    for (const text of [
      join('password=$', '{DB_PASSWORD}'),
      'the password is in the vault',
      'Password: rotated yesterday by Ada',
      'postgres://user:****@db/orders',
      'reset your password please',
      'token: none',
      'AWS_ACCOUNT_ID=123456789012',
      'see https://example.com/a?b=c@d:e and mailto:x@example.com',
      'sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    ])
      expect((await mask(text, KEY)).text).toBe(text)
  })

  test('what goes on the record has no values', async () => {
    const { secrets } = await mask('pwd: hunter22', KEY)
    expect(JSON.stringify(withoutValues(secrets))).not.toContain('hunter22')
  })
})

describe('properties of a mask', () => {
  const password = fc
    .string({ unit: fc.constantFrom(...'abcXYZ019-_.~!$'), minLength: 8, maxLength: 40 })
    .filter((text) => /[a-z]\d/.test(text) && !text.includes('$'))

  test('no value that was found is left in the text, and masking again changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), password, fc.string(), async (before, secret, after) => {
        const once = await mask(`${before} postgres://svc:${secret}@db/x ${after}\npassword=${secret}`, KEY)
        for (const { value } of once.secrets) if (value.length >= 8) expect(once.text).not.toContain(value)
        expect(once.text).not.toContain(secret)
        expect((await mask(once.text, KEY)).text).toBe(once.text)
      }),
      { numRuns: 60 },
    )
  })

  test('a marker depends on the key, and on the secret only through the keyed fingerprint', async () => {
    await fc.assert(
      fc.asyncProperty(password, async (secret) => {
        const [one, other] = await Promise.all([
          mask(`pwd=${secret}`, KEY),
          mask(`pwd=${secret}`, `${KEY} 2`),
        ])
        expect(one.text).not.toBe(other.text)
        expect(one.text.replace(/[0-9a-f]{8}…/, '')).toBe('pwd=[secret: password ]')
      }),
      { numRuns: 30 },
    )
  })

  test('any text at all: no throw, and everything outside the masks is untouched', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: anyCharacter, maxLength: 300 }), async (text) => {
        const masked = await mask(text, KEY)
        if (masked.secrets.length === 0) expect(masked.text).toBe(text)
      }),
      { numRuns: 50 },
    )
  })
})

describe('the time it takes', () => {
  const HOSTILE: Record<string, string> = {
    as: 'a'.repeat(40_000),
    spaces: ' '.repeat(40_000),
    quotes: '"'.repeat(40_000),
    schemes: '://'.repeat(13_000),
    uris: 'postgres://a:'.repeat(3_000),
    ats: 'postgres://a:b@'.repeat(2_600),
    passwords: 'password='.repeat(4_400),
    passwordIs: 'password is '.repeat(3_300),
    jwt: 'eyJaaaaaaaa'.repeat(3_600),
    jwtDots: 'eyJaaaaaaaa.'.repeat(3_300),
    bearer: 'bearer '.repeat(5_700),
    begin: '-----BEGIN PRIVATE KEY-----\n'.repeat(1_400),
    beginBody: `-----BEGIN PRIVATE KEY-----\n${'A'.repeat(200)}`.repeat(170),
    slack: `xoxb-${'a-'.repeat(20_000)}!`,
    options: '--password '.repeat(3_600),
    zero: '\u200b'.repeat(40_000),
    stripe: 'sk_live_'.repeat(5_000),
    many: Array.from({ length: 2_000 }, (_, index) => `password=abcdef${index}`).join(' '),
  }

  test.each(Object.entries(HOSTILE))('40 kB of %s stay far under a second', async (_, text) => {
    expect(await busyFor(() => mask(text, KEY))).toBeLessThan(700)
  })

  test('a normal message takes a few milliseconds once warm', async () => {
    const text =
      'hey, deploy is broken: DATABASE_URL=postgres://svc_orders:hunter2hunter2@db.internal/orders — who owns it?'
    const times: number[] = []
    for (let run = 0; run < 60; run++) {
      const start = performance.now()
      await mask(text, KEY)
      times.push(performance.now() - start)
    }
    expect(times.sort((a, b) => a - b)[30]).toBeLessThan(5)
  })
})
