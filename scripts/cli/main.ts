import { exportCommand } from './export'
import { keysCommand } from './keys'
import { migrateCommand } from './migrate'
import { newOriginCommand } from './new-origin'
import { type Options, parse, UsageError } from './options'
import { rebuildCommand } from './rebuild'
import { replayCommand } from './replay'

export type Command = {
  readonly help: string
  /** Options of its own that take a value, and those that don't. */
  readonly values?: readonly string[]
  readonly flags?: readonly string[]
  /** How many words may follow the command's name. */
  readonly words?: number
  /** What is printed: the sentence for people, the value for --json; `failed` for exit code 1. */
  readonly run: (options: Options) => Promise<Answer>
}

export type Answer = { readonly text: string; readonly json: unknown; readonly failed?: boolean }

const COMMANDS: Readonly<Record<string, Command>> = {
  export: exportCommand,
  rebuild: rebuildCommand,
  replay: replayCommand,
  migrate: migrateCommand,
  keys: keysCommand,
  'new-origin': newOriginCommand,
}

export async function main(name: string, args: string[]): Promise<void> {
  const command = COMMANDS[name]
  if (!command) throw new Error(`There is no command "${name}".`)
  try {
    const options = parse(args, command)
    if (options.flags.has('help')) return void process.stdout.write(command.help)
    const { text, json, failed } = await command.run(options)
    process.stdout.write(options.flags.has('json') ? `${JSON.stringify(json)}\n` : `${text}\n`)
    process.exitCode = failed ? 1 : 0
  } catch (error) {
    const usage = error instanceof UsageError
    const sentence = error instanceof Error ? error.message : String(error)
    if (args.includes('--json')) process.stdout.write(`${JSON.stringify({ error: sentence })}\n`)
    process.stderr.write(usage ? `${sentence}\n\n${command.help}` : `${sentence}\n`)
    process.exitCode = usage ? 2 : 1
  }
}
