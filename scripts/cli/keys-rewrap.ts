import { existsSync } from 'node:fs'
import { rewrap } from '../../db/keys/rewrap'
import { ENCRYPTION_KEY, KMS_COMMAND, WrapperFailed } from '../../db/keys/wrapper'
import { foldersIn, makeFolders } from '../start/folders'
import { wrappers } from '../start/key-rings'
import { claim, type Holder } from '../start/lock'
import type { Environment } from '../start/settings'
import { settingsOf } from './installation'
import type { Answer } from './main'

const NEW_ENCRYPTION_KEY = 'ON_RECORD_NEW_KEY_ENCRYPTION_KEY'
const NEW_KMS_COMMAND = 'ON_RECORD_NEW_KMS_COMMAND'

/**
 * Encrypts the private keys of an installation that doesn't run under another key. The old one is what the environment names, as at every
 * start; the new one has names of its own.
 */
export async function rewrapKeys(environment: Environment = process.env): Promise<Answer> {
  const settings = settingsOf()
  const folders = foldersIn(settings.data)
  await makeFolders(folders)
  const lock = await claim(folders.lock, settings.url, running)
  try {
    const [from, to] = [await wrappers(folders, environment), await wrappers(folders, renamed(environment))]
    const done = rewrap([
      { folder: folders.keys, from: from.application, to: to.application },
      { folder: folders.sequencer, from: from.sequencer, to: to.sequencer },
    ])
    const local =
      !environment[ENCRYPTION_KEY] && !environment[KMS_COMMAND] && existsSync(folders.keyEncryption)
    const next = [
      `${done.anew} private keys are encrypted anew; ${done.already} were already.`,
      `From now on set ${to.application.name} to what ${environment[NEW_KMS_COMMAND] ? NEW_KMS_COMMAND : NEW_ENCRYPTION_KEY} is now.`,
      ...(local ? [`Then remove ${folders.keyEncryption}: it opens nothing here any more.`] : []),
      'Backups from before open with the old key alone: keep it for as long as you keep them.',
    ]
    return { text: next.join('\n'), json: done }
  } catch (error) {
    if (error instanceof WrapperFailed) throw new Error(`${error.message} Nothing was changed.`)
    throw error
  } finally {
    await lock.release()
  }
}

/** The new names' values under the names that everything else knows. */
function renamed(environment: Environment): Environment {
  const [key, command] = [environment[NEW_ENCRYPTION_KEY], environment[NEW_KMS_COMMAND]]
  if (!key && !command)
    throw new Error(`Say what encrypts them from now on: ${NEW_ENCRYPTION_KEY} or ${NEW_KMS_COMMAND}.`)
  if (key && command) throw new Error(`Set ${NEW_ENCRYPTION_KEY} or ${NEW_KMS_COMMAND}, not both.`)
  if (key && !/^[A-Za-z0-9_-]{43}$/.test(key))
    throw new Error(`${NEW_ENCRYPTION_KEY} must be 32 random bytes in base64url: 43 characters.`)
  return { [ENCRYPTION_KEY]: key, [KMS_COMMAND]: command }
}

/** What runs would encrypt the next key under the old one, and holds the others open. */
function running({ pid, url }: Holder): string {
  return `On Record runs on this data folder, at ${url} (process ${pid}). Stop it, encrypt the keys anew, and start it with the new key.`
}
