import { home } from '../home'
import { openDatabase } from '../start/database'
import { foldersIn, makeFolders } from '../start/folders'
import { holder } from '../start/lock'
import { settingsOf } from './installation'
import type { Command } from './main'

const HELP = `on-record migrate [--json]

Brings the database to this version: roles, tables, rules and the job queue. \`on-record start\` does the same.

  --json   print {"migrated": true}
  --help   this text
`

export const migrateCommand: Command = {
  help: HELP,
  async run() {
    const settings = settingsOf()
    const folders = foldersIn(settings.data)
    await makeFolders(folders)
    const held = settings.mode === 'local' ? await holder(folders.lock) : null
    if (held)
      throw new Error(
        `On Record is running on this data folder (process ${held.pid}), and migrated it when it started.`,
      )
    const database = await openDatabase(settings, folders, home())
    await database.stop()
    return { text: 'The database is at this version.', json: { migrated: true } }
  },
}
