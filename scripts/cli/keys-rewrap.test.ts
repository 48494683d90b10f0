import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Folders, foldersIn, makeFolders } from '../start/folders'
import { fillRings, openRings } from '../start/key-rings'
import { publicKeys } from '../start/keys'
import { claim } from '../start/lock'
import { secret } from '../start/secret-file'
import { rewrapKeys } from './keys-rewrap'

let folders: Folders
const ORIGIN = 'record.example/log'

/** A key management service whose key is one byte: `<key> wrap|unwrap <purpose> <kid>`. */
const SERVICE = `
import { readFileSync } from 'node:fs'
const input = Buffer.from(readFileSync(0, 'utf8').trim(), 'base64url')
console.log(input.map((byte) => byte ^ Number(process.argv[2])).toString('base64url'))`

beforeEach(async () => {
  const data = await mkdtemp(join(tmpdir(), 'on-record-rewrap-'))
  await chmod(data, 0o711)
  folders = foldersIn(data)
  await makeFolders(folders)
  vi.stubEnv('ON_RECORD_DATA', data)
  vi.stubEnv('DATABASE_URL', '')
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folders.data, { recursive: true, force: true })
})

describe('C70 on-record keys rewrap', () => {
  it('takes an installation from one key to another, and what it has published stays', async () => {
    const [before, after] = [{ ON_RECORD_KEY_ENCRYPTION_KEY: secret() }, secret()]
    const published = publicKeys(await fillRings(folders, before, ORIGIN))
    const answer = await rewrapKeys({ ...before, ON_RECORD_NEW_KEY_ENCRYPTION_KEY: after })
    expect(answer.json).toEqual({ anew: 6, already: 0 })
    expect(answer.text).toContain('From now on set ON_RECORD_KEY_ENCRYPTION_KEY')
    const rings = await openRings(folders, { ON_RECORD_KEY_ENCRYPTION_KEY: after })
    expect(publicKeys(rings)).toEqual(published)
    await expect(openRings(folders, before).then(publicKeys)).rejects.toThrow(/does not open/)
  })

  it('takes a local installation’s keys out from under the file beside them', async () => {
    const published = publicKeys(await fillRings(folders, {}, ORIGIN))
    const after = secret()
    const { text } = await rewrapKeys({ ON_RECORD_NEW_KEY_ENCRYPTION_KEY: after })
    expect(text).toContain(`Then remove ${folders.keyEncryption}`)
    expect(existsSync(folders.keyEncryption), 'removed by whoever was told to').toBe(true)
    expect(publicKeys(await openRings(folders, { ON_RECORD_KEY_ENCRYPTION_KEY: after }))).toEqual(published)
  })

  it('says which of two key management services failed: the one so far, or the one from now on', async () => {
    const program = join(folders.data, 'kms.mjs')
    writeFileSync(program, SERVICE)
    const service = (key: number) => `${process.execPath} ${program} ${key}`
    const broken = `${process.execPath} -e process.exit(3)`
    const published = publicKeys(await fillRings(folders, { ON_RECORD_KMS_COMMAND: service(7) }, ORIGIN))
    const rewrapping = (before: string, after: string) =>
      rewrapKeys({ ON_RECORD_KMS_COMMAND: before, ON_RECORD_NEW_KMS_COMMAND: after })
    await expect(rewrapping(service(7), broken)).rejects.toThrow(
      /^ON_RECORD_NEW_KMS_COMMAND could not wrap the \S+ key \S+\. Nothing was changed\.$/,
    )
    const old = 'ON_RECORD_KMS_COMMAND'
    await expect(rewrapping(broken, service(9))).rejects.toThrow(
      new RegExp(`^${old} does not open the .* ${old} could not unwrap .* Nothing was changed\\.$`),
    )
    const { text } = await rewrapping(service(7), service(9))
    expect(text).toContain('set ON_RECORD_KMS_COMMAND to what ON_RECORD_NEW_KMS_COMMAND is now')
    expect(publicKeys(await openRings(folders, { ON_RECORD_KMS_COMMAND: service(9) }))).toEqual(published)
  })

  it('refuses while On Record runs on the data folder, without a new key, and with two', async () => {
    await fillRings(folders, {}, ORIGIN)
    const file = readFileSync(folders.keyEncryption, 'utf8')
    await expect(rewrapKeys({})).rejects.toThrow(/Say what encrypts them from now on/)
    const two = { ON_RECORD_NEW_KEY_ENCRYPTION_KEY: secret(), ON_RECORD_NEW_KMS_COMMAND: 'kms' }
    await expect(rewrapKeys(two)).rejects.toThrow(/not both/)
    await expect(rewrapKeys({ ON_RECORD_NEW_KEY_ENCRYPTION_KEY: 'short' })).rejects.toThrow(/43 characters/)
    const lock = await claim(folders.lock, 'http://localhost:3000')
    const one = { ON_RECORD_NEW_KEY_ENCRYPTION_KEY: secret() }
    await expect(rewrapKeys(one)).rejects.toThrow(
      /On Record runs on this data folder, at http:\/\/localhost:3000/,
    )
    await lock.release()
    const wrong = { ...one, ON_RECORD_KEY_ENCRYPTION_KEY: secret() }
    await expect(rewrapKeys(wrong)).rejects.toThrow(/does not open the .* Nothing was changed\.$/)
    expect(readFileSync(folders.keyEncryption, 'utf8')).toBe(file)
    expect((await rewrapKeys(one)).json).toEqual({ anew: 6, already: 0 })
  })
})
