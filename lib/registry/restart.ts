import { z } from 'zod'
import { type Refusal, refuse } from '../act/refusal'
import type { CommandTable } from '../act/spec'
import { text } from '../act/text'
import { parseVkey } from '../record/note'
import type { KeyEvent } from './key-event'
import type { Registry } from './registry'

export const restartCommands = {
  restartLog: {
    summary: 'Start the log anew, under another origin',
    doors: 'internal',
    input: z.strictObject({
      vkey: text(300),
      /** The newest checkpoint that is known of the log so far, as it was signed. */
      checkpoint: text(50_000),
      size: z.int().min(0),
      held: z.int().min(0),
      reason: text(2_000),
    }),
  },
} as const satisfies CommandTable

export type RestartEvent = {
  type: 'log.restarted'
  data: {
    from: string
    origin: string
    /** The last checkpoint that is known of the log before. The new log's first entry is this event. */
    checkpoint: string
    /** What that checkpoint covers, and how many of these entries the database still holds. */
    size: number
    held: number
    reason: string
  }
}

type Input = z.output<(typeof restartCommands)['restartLog']['input']>

/** A new origin for ever: one under which this organisation has never signed. */
export function restartLog(
  state: Registry,
  { vkey, ...told }: Input,
): (RestartEvent | Extract<KeyEvent, { type: 'log-key.published' }>)[] | Refusal {
  const { name: origin } = parseVkey(vkey)
  if (state.log_keys.some((known) => parseVkey(known).name === origin) || state.origin === origin)
    return refuse(
      'duplicate',
      `There was a log called ${origin} already.`,
      'Choose a name that was never used.',
    )
  return [
    { type: 'log.restarted', data: { from: state.origin, origin, ...told } },
    { type: 'log-key.published', data: { vkey } },
  ]
}
