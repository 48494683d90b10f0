import { existsSync } from 'node:fs'
import { rewrap } from '../../db/keys/rewrap'
import { ENCRYPTION_KEY, KMS_COMMAND, WrapperFailed, type WrapperNames } from '../../db/keys/wrapper'
import { foldersIn, makeFolders } from '../start/folders'
import { wrappers } from '../start/key-rings'
import { claim, type Holder } from '../start/lock'
import type { Environment } from '../start/settings'
import { settingsOf } from './installation'
import type { Answer } from './main'

const NEW: WrapperNames = { key: 'ON_RECORD_NEW_KEY_ENCRYPTION_KEY', command: 'ON_RECORD_NEW_KMS_COMMAND' }

/**
 * Encrypts the private keys of an installation that doesn't run under another key. The old one is what the environment names, as at every
 * start; the new one has names of its own.
 */
export async function rewrapKeys(environment: Environment = process.env): Promise<Answer> {
  if (!environment[NEW.key] && !environment[NEW.command])
    throw new Error(`Say what encrypts them from now on: ${NEW.key} or ${NEW.command}.`)
  const settings = settingsOf()
  const folders = foldersIn(settings.data)
  await makeFolders(folders)
  const lock = await claim(folders.lock, settings.url, running)
  try {
    const [from, to] = [await wrappers(folders, environment), await wrappers(folders, environment, NEW)]
    const done = rewrap([
      { folder: folders.keys, from: from.application, to: to.application },
      { folder: folders.sequencer, from: from.sequencer, to: to.sequencer },
    ])
    const local =
      !environment[ENCRYPTION_KEY] && !environment[KMS_COMMAND] && existsSync(folders.keyEncryption)
    const next = [
      `${done.anew} private keys are encrypted anew; ${done.already} were already.`,
      `From now on set ${environment[NEW.command] ? KMS_COMMAND : ENCRYPTION_KEY} to what ${to.application.name} is now.`,
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

/** What runs would encrypt the next key under the old one, and holds the others open. */
function running({ pid, url }: Holder): string {
  return `On Record runs on this data folder, at ${url} (process ${pid}). Stop it, encrypt the keys anew, and start it with the new key.`
}
