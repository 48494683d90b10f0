import { existsSync, readFileSync } from 'node:fs'
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
