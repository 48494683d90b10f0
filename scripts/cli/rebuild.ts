import { rebuild } from '../../db/rebuild'
import { withInstallation } from './installation'
import type { Command } from './main'

const HELP = `on-record rebuild [--repair] [--json]

Folds the record into every table that is read, and reports where the two differ. Exit code 1 when they do.

  --repair   write what the record says over what the tables say
  --json     print {"streams", "events", "differences", "repaired"}
  --help     this text
`
const SHOWN = 50

export const rebuildCommand: Command = {
  help: HELP,
  flags: ['repair'],
  run: ({ flags }) =>
    withInstallation(async ({ deps, org }) => {
      const result = await rebuild(deps.sql, { org, repair: flags.has('repair') })
      const { streams, events, differences, repaired } = result
      const lines = differences
        .slice(0, SHOWN)
        .map(({ stream, where, sentence }) => `${stream}, ${where}: ${sentence}`)
      if (differences.length > SHOWN) lines.push(`… and ${differences.length - SHOWN} more.`)
      const outcome =
        differences.length === 0
          ? 'no differences'
          : `${differences.length} differences${repaired ? ', repaired' : ''}`
      return {
        text: [...lines, `${events} events in ${streams} streams: ${outcome}.`].join('\n'),
        json: result,
        failed: differences.length > 0 && !repaired,
      }
    }),
}
