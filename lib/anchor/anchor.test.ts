import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, test } from 'vitest'
import { fromHex, toHex, utf8 } from '../record/bytes'
import { der, readDer, TAG } from '../record/der'
import { sha256 } from '../record/digest'
import { parseTimestamp } from '../record/timestamp'
import { type Authority, newAuthority, opensslVerifies } from './authority.test-support'
import { checkTimestamp } from './check'
import { timestampRequest } from './request'

const NOTE = 'record.example/log\n12\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n'
const imprint = sha256(NOTE)
const NONCE = '1234567890abcdef'
let rsa: Authority
let ec: Authority

beforeAll(() => {
  rsa = newAuthority()
  ec = newAuthority({ kind: 'ec' })
})

const asked = (authority: Authority, changes = {}) => ({
  ...{ imprint, nonce: NONCE, trusted: authority.ca, now: Date.now() },
  ...changes,
})
const why = (response: Uint8Array, authority: Authority, changes = {}) => {
  const checked = checkTimestamp(response, asked(authority, changes))
  return 'why' in checked ? checked.why : null
}

describe('a request for a timestamp (RFC 3161)', () => {
  it('is what openssl reads as one', () => {
    writeFileSync(join(rsa.folder, 'ours.tsq'), timestampRequest(imprint, NONCE))
    const text = execFileSync('openssl', ['ts', '-query', '-in', 'ours.tsq', '-text'], {
      cwd: rsa.folder,
      encoding: 'utf8',
    })
    expect(text).toContain('Hash Algorithm: sha256')
    expect(text).toContain(`Nonce: 0x${NONCE.toUpperCase()}`)
    expect(text).toContain('Certificate required: yes')
  })

  it('takes no nonce that would be spelled otherwise', () => {
    for (const nonce of ['0234567890abcdef', 'f234567890abcdef', '12', 'xyz'])
      expect(() => timestampRequest(imprint, nonce)).toThrow(TypeError)
  })
})

describe('C28 a timestamp', () => {
  it.each(['rsa', 'ec'] as const)(
    'of an authority with an %s key is checked as openssl checks it',
    (kind) => {
      const authority = kind === 'rsa' ? rsa : ec
      const response = authority.reply(timestampRequest(imprint, NONCE))
      const checked = checkTimestamp(response, asked(authority))
      if ('why' in checked) throw new Error(checked.why)
      expect(checked.authority).toBe('O=Halden, CN=Test Time')
      expect(toHex(checked.timestamp.imprint)).toBe(toHex(imprint))
      expect(Math.abs(Date.parse(checked.timestamp.time) - Date.now())).toBeLessThan(60_000)
      expect(opensslVerifies(authority, NOTE, response)).toBe(true)
    },
  )

  it('of somebody else, of something else, of another request or of another time is refused, each with its reason', () => {
    const response = rsa.reply(timestampRequest(imprint, NONCE))
    expect(why(response, ec)).toMatch(/doesn’t lead to one that you trust/)
    expect(why(response, rsa, { imprint: sha256('another') })).toMatch(/over something else/)
    expect(why(response, rsa, { nonce: '1234567890abcdee' })).toMatch(/nonce/)
    expect(why(response, rsa, { now: Date.now() + 600_000 })).toMatch(/five minutes/)
    expect(why(response, rsa, { trusted: 'nothing' })).toMatch(/can’t be read/)
    expect(
      why(response, rsa, { trusted: rsa.ca.replace(/[A-Za-z0-9]{40}\n/, `${'A'.repeat(40)}\n`) }),
    ).not.toBeNull()
  })

  it('of a certificate that is not for timestamps alone is refused', () => {
    const web = newAuthority({ usage: 'tsa' })
    // openssl itself would not stamp with such a certificate: the good one's bytes are changed to name another purpose.
    const response = web.reply(timestampRequest(imprint, NONCE))
    const hex = toHex(response).replaceAll('2b06010505070308', '2b06010505070301')
    expect(why(fromHex(hex), web)).toMatch(/not for timestamps alone/)
  })

  it('in which any one byte was changed is refused, or says what it said', () => {
    const response = rsa.reply(timestampRequest(imprint, NONCE))
    const { signed, ...said } = parseTimestamp(response)
    let refused = 0
    for (let at = 0; at < response.length; at++) {
      const changed = response.slice()
      changed[at] = (changed[at] ?? 0) ^ 0x01
      const checked = checkTimestamp(changed, asked(rsa))
      // Not everything around the signature is signed: the order of algorithms, say.
      if ('why' in checked) refused++
      else
        expect(checked.timestamp, `byte ${at}`).toMatchObject({
          ...said,
          signed: { content: signed.content },
        })
    }
    expect(refused / response.length).toBeGreaterThan(0.9)
  })

  it('that the authority refuses is told as such', () => {
    const refusal = der(TAG.sequence, der(TAG.sequence, der(TAG.integer, new Uint8Array([2]))))
    expect(why(refusal, rsa)).toBe('The authority did not grant a timestamp.')
    expect(why(utf8('<html>'), rsa)).toMatch(/^This ASN\.1/)
    expect(why(new Uint8Array(0), rsa)).toMatch(/^This ASN\.1/)
  })
})

describe('ASN.1 in its distinguished encoding', () => {
  test.each([
    ['an indefinite length', '3080020101 0000'],
    ['a length that could be shorter', '308103020101'],
    ['a length with a zero before it', '30820003020101'],
    ['something behind it', '3003020101 00'],
    ['a broken end', '3003 0201'],
    ['a tag of several bytes', '1f810100'],
    ['nothing at all', ''],
  ])('refuses %s', (_what, hex) => {
    expect(() => readDer(fromHex(hex.replaceAll(' ', '')))).toThrow(/^This ASN\.1/)
  })

  it('reads what it writes, whatever the length', () => {
    for (const length of [0, 1, 127, 128, 255, 256, 65_535, 65_536]) {
      const bytes = der(TAG.octetString, new Uint8Array(length).fill(7))
      expect(readDer(bytes)).toMatchObject({ tag: TAG.octetString, bytes })
      expect(readDer(bytes).content).toHaveLength(length)
    }
  })

  it('never answers with a timestamp for random bytes', () => {
    for (let seed = 0; seed < 200; seed++) expect(() => parseTimestamp(sha256(`${seed}`))).toThrow()
  })
})
