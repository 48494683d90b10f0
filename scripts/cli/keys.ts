import { foldersIn, makeFolders } from '../start/folders'
import { fillRings } from '../start/key-rings'
import { publicKeys } from '../start/keys'
import { settingsOf } from './installation'
import type { Command } from './main'

const HELP = `on-record keys [--json]

Shows this installation's public keys, as they stand on its record: what an auditor pins. Private keys stay where they are.

  --json   print {"log", "export", "warrant"}
  --help   this text
`

export const keysCommand: Command = {
  help: HELP,
  async run() {
    const settings = settingsOf()
    const folders = foldersIn(settings.data)
    await makeFolders(folders)
    const rings = await fillRings(folders, process.env, `${new URL(settings.url).hostname}/log`)
    const { log, export: exported, warrant } = publicKeys(rings)
    const text = [
      `log      ${log.vkey}`,
      `export   ${exported.key}`,
      `         ${exported.fingerprint}`,
      `warrant  ${warrant.kid} ${JSON.stringify(warrant.jwk)}`,
    ].join('\n')
    return { text, json: { log, export: exported, warrant } }
  },
}
