import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { connect } from '../../db/client'
import { logSeed } from '../../db/keys/log-key'
import { LOG_KEY } from '../../db/keys/make'
import { logHealth } from '../../db/log/health'
import { keptIn } from '../../db/log/kept'
import { newOrigin } from '../../db/log/new-origin'
import { formatVkey, noteSigner } from '../../lib/record/note'
import { systemActor } from '../system'
import { type Installation, withInstallation } from './installation'
import type { Command } from './main'
import { UsageError } from './options'

const HELP = `on-record new-origin --reason TEXT [--origin NAME] [--json]

For a log that refuses to sign because its database is an older copy, and the newer one is lost for good. Starts a new log: another
origin, whose first entry names the old log, embeds its last known checkpoint, and says how much of it is left. Every event gets a new
place in it. What was sealed before is kept aside. Witnesses and auditors need the new verifier key, which is printed.

  --reason TEXT   why, for the record
  --origin NAME   the new log's name, an address without scheme (default: the old one with /2, /3, ...)
  --json          print {"origin", "vkey", "size", "held", "waiting"}
  --help          this text

See docs/restore.md first: bringing back the newer database is always better.
`

export const newOriginCommand: Command = {
  help: HELP,
  values: ['reason', 'origin'],
  async run({ values }) {
    const reason = values.get('reason')
    if (!reason) throw new UsageError('Say why: --reason.')
    return withInstallation(async (installation) => {
      await mustRefuse(installation)
      const { deps, org, folders, rings, database } = installation
      const owner = connect(database.adminUrl, 1, 'on-record new-origin')
      try {
        const [, seed] = logSeed(rings.sequencer.held(LOG_KEY).at(-1)?.text ?? '')
        const restarted = await newOrigin({
          deps,
          owner,
          actor: systemActor('sys_console', org),
          kept: keptIn(join(folders.sequencer, 'checkpoints')),
          vkeyOf: (origin) => formatVkey(noteSigner(origin, seed)),
          origin: values.get('origin') ?? null,
          reason,
        })
        const { vkey, size, held } = restarted
        const text = [
          `The new log has the verifier key\n\n  ${vkey}\n`,
          `The old one had ${size} entries, of which ${held} are here: they are sealed anew. Hand the key to every witness and auditor.`,
        ]
        return { text: text.join('\n'), json: restarted }
      } finally {
        await owner.end({ timeout: 5 })
      }
    })
  },
}

const PATIENCE_MS = 10_000

/** Only a log that can't go on is started anew; the sequencer says so soon after its start. */
async function mustRefuse({ deps, org }: Installation): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(200))
    if ((await logHealth(deps.sql, org)).refusal) return
  throw new Error('The log signs as it should: there is nothing to start anew.')
}
