import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fillApplicationRing, fillLogRing } from './adopt'
import { APPLICATION_KEYS, LOG_KEY, newApplicationKey, newKeyOfLog, sshKeyOf } from './make'
import { keyRing } from './ring'
import { commandWrapper, folderKey, keyBytes, localWrapper, wrapperOf } from './wrapper'

let folder: string
const KEY = new Uint8Array(randomBytes(32))
const wrapper = localWrapper(KEY)
const ring = () => keyRing(folder, wrapper)
const fileOf = (purpose: string, kid: string) => join(folder, purpose, `${kid}.key`)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'on-record-keys-'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

describe('C70 a private key on disk', () => {
  it('is encrypted, for its owner alone, and the same when it is opened again', () => {
    const keys = APPLICATION_KEYS.map(newApplicationKey)
    for (const key of keys) ring().add(key)
    for (const key of keys) {
      const file = readFileSync(fileOf(key.purpose, key.kid), 'utf8')
      expect(file).not.toContain(key.text)
      expect(file).not.toContain(JSON.parse(key.text.startsWith('{') ? key.text : '{}').d ?? key.text)
      expect(statSync(fileOf(key.purpose, key.kid)).mode & 0o777).toBe(0o600)
      expect(ring().held(key.purpose)).toEqual([key])
    }
  })

  it('does not open with another key, and the sentence says which setting is wrong', () => {
    const key = newApplicationKey('warrant')
    ring().add(key)
    const other = keyRing(folder, localWrapper(new Uint8Array(randomBytes(32))))
    expect(() => other.held('warrant')).toThrow(
      `ON_RECORD_KEY_ENCRYPTION_KEY does not open the warrant key ${key.kid}. It was encrypted under another key, or for another purpose, or changed since.`,
    )
  })

  it('does not open in place of another key, whatever it claims to be', () => {
    const [one, two] = [newApplicationKey('warrant'), newApplicationKey('warrant')]
    ring().add(one)
    ring().add(two)
    renameSync(fileOf('warrant', one.kid), fileOf('warrant', two.kid))
    expect(() => ring().held('warrant')).toThrow(`The file of the warrant key ${two.kid} holds another key.`)
    const claimed = readFileSync(fileOf('warrant', two.kid), 'utf8').replaceAll(one.kid, two.kid)
    writeFileSync(fileOf('warrant', two.kid), claimed)
    expect(() => ring().held('warrant')).toThrow(/does not open the warrant key/)
  })

  it('does not open once a single bit of it has changed', () => {
    const key = newApplicationKey('mac')
    ring().add(key)
    const sealed = JSON.parse(readFileSync(fileOf('mac', key.kid), 'utf8'))
    for (const field of ['wrapped', 'sealed']) {
      const bytes = Buffer.from(sealed[field], 'base64url')
      bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1)
      writeFileSync(
        fileOf('mac', key.kid),
        JSON.stringify({ ...sealed, [field]: bytes.toString('base64url') }),
      )
      expect(() => ring().held('mac'), field).toThrow(/does not open the mac key/)
    }
  })

  it('that was added by another process is there without a new start, and is gone when it is destroyed', () => {
    const [process, other] = [ring(), ring()]
    const first = { ...newApplicationKey('export'), created: '2026-03-02T09:00:00.000Z' }
    const second = { ...newApplicationKey('export'), created: '2026-03-03T09:00:00.000Z' }
    other.add(second)
    expect(process.held('export')).toEqual([second])
    other.add(first)
    expect(process.held('export')).toEqual([first, second])
    other.destroy('export', first.kid)
    expect(process.held('export')).toEqual([second])
    expect(readdirSync(join(folder, 'export'))).toEqual([`${second.kid}.key`])
  })
})

describe('C70 the keys of an earlier version', () => {
  it('are encrypted at the start, and their plain files go', () => {
    const made = Object.fromEntries(APPLICATION_KEYS.map((purpose) => [purpose, newApplicationKey(purpose)]))
    const log = newKeyOfLog('record.example/log')
    const plain = {
      'warrant.jwk': made.warrant,
      'token.jwk': made.token,
      'export.seed': made.export,
      'fingerprint.key': made.fingerprint,
      'mac.key': made.mac,
      'log.key': log,
    }
    for (const [name, key] of Object.entries(plain)) writeFileSync(join(folder, name), `${key?.text}\n`)
    for (let start = 0; start < 2; start++) {
      fillApplicationRing(ring(), folder)
      fillLogRing(ring(), folder, 'another.example/log')
      for (const name of Object.keys(plain)) expect(existsSync(join(folder, name)), name).toBe(false)
      for (const key of Object.values(plain))
        expect(ring().held(key?.purpose ?? '')).toMatchObject([{ kid: key?.kid, text: key?.text }])
    }
  })

  it('stay as they are when what lies there is no key', () => {
    writeFileSync(join(folder, 'warrant.jwk'), '{"kty":"EC"}')
    expect(() => fillApplicationRing(ring(), folder)).toThrow("This isn't a private P-256 key.")
    expect(existsSync(join(folder, 'warrant.jwk'))).toBe(true)
  })

  it('are made where there are none, once', () => {
    fillLogRing(ring(), folder, 'record.example/log')
    const [key] = ring().held(LOG_KEY)
    fillLogRing(ring(), folder, 'another.example/log')
    expect(ring().held(LOG_KEY)).toEqual([key])
    expect(key?.text).toMatch(/^PRIVATE\+KEY\+record\.example\/log\+/)
  })
})

describe('C70 what encrypts them', () => {
  it('is another key for each folder, so that no process opens the keys of another', () => {
    const [web, log] = [folderKey(KEY, 'application'), folderKey(KEY, 'sequencer')]
    expect(keyBytes(web)).not.toEqual(keyBytes(log))
    keyRing(folder, localWrapper(keyBytes(log))).add(newKeyOfLog('record.example/log'))
    expect(() => keyRing(folder, localWrapper(keyBytes(web))).held(LOG_KEY)).toThrow(
      /does not open the log key/,
    )
  })

  it('may be a program of the operator, which is told purpose and kid', () => {
    const calls = join(folder, 'calls')
    // Stands for a key management service: it seals with a key of its own, and keeps to what it was told the key is for.
    const program = join(folder, 'kms.mjs')
    writeFileSync(
      program,
      `import { createCipheriv, createDecipheriv } from 'node:crypto'
import { appendFileSync, readFileSync } from 'node:fs'
const [what, purpose, kid] = process.argv.slice(2)
appendFileSync(${JSON.stringify(calls)}, [what, purpose, kid].join(' ') + '\\n')
const input = Buffer.from(readFileSync(0, 'utf8').trim(), 'base64url')
const [key, iv] = [Buffer.alloc(32, 7), Buffer.alloc(12, 1)]
const aad = Buffer.from(purpose + '/' + kid)
if (what === 'wrap') {
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(aad)
  const sealed = Buffer.concat([cipher.update(input), cipher.final()])
  console.log(Buffer.concat([cipher.getAuthTag(), sealed]).toString('base64url'))
} else {
  const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(aad).setAuthTag(input.subarray(0, 16))
  console.log(Buffer.concat([decipher.update(input.subarray(16)), decipher.final()]).toString('base64url'))
}`,
    )
    const kms = commandWrapper(`${process.execPath} ${program}`)
    const key = newApplicationKey('export')
    keyRing(folder, kms).add(key)
    expect(keyRing(folder, kms).held('export')).toEqual([key])
    expect(readFileSync(calls, 'utf8')).toBe(`wrap export ${key.kid}\nunwrap export ${key.kid}\n`)
    const refusing = commandWrapper(`${process.execPath} -e process.exit(3)`)
    expect(() => keyRing(folder, refusing).held('export')).toThrow(
      `ON_RECORD_KMS_COMMAND could not unwrap the export key ${key.kid}.`,
    )
    expect(() => commandWrapper('/nowhere/kms').wrap(KEY, key)).toThrow(/could not wrap/)
  })

  it('is named once, or not at all', () => {
    const env = { ON_RECORD_KEY_ENCRYPTION_KEY: Buffer.from(KEY).toString('base64url') }
    expect(wrapperOf({})).toBeNull()
    expect(wrapperOf(env)?.name).toBe('ON_RECORD_KEY_ENCRYPTION_KEY')
    expect(() => wrapperOf({ ...env, ON_RECORD_KMS_COMMAND: 'kms' })).toThrow(/not both/)
    expect(() => wrapperOf({ ON_RECORD_KEY_ENCRYPTION_KEY: 'a'.repeat(44) })).toThrow(/43 characters/)
  })
})

it('an export key is the one that ssh-keygen knows by its fingerprint', () => {
  const { key, fingerprint } = sshKeyOf(Buffer.alloc(32, 7).toString('base64url'))
  expect(key).toMatch(/^ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI/)
  expect(fingerprint).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/)
})
