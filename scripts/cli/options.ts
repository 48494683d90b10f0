import { parseArgs } from 'node:util'

export type Options = {
  readonly values: ReadonlyMap<string, string>
  readonly flags: ReadonlySet<string>
  /** What stands there without an option's name. */
  readonly words: readonly string[]
}

/** The command was called wrongly: exit code 2. */
export class UsageError extends Error {}

/** @throws UsageError */
export function parse(args: string[], { values = [], flags = [], words = 0 }: Takes): Options {
  const options = Object.fromEntries([
    ...values.map((name) => [name, { type: 'string' as const }]),
    ...['json', ...flags].map((name) => [name, { type: 'boolean' as const }]),
    ['help', { type: 'boolean' as const, short: 'h' }],
  ])
  const { values: found, positionals } = understand(args, options, words)
  const given = Object.entries(found)
  return {
    words: positionals,
    values: new Map(given.filter((entry): entry is [string, string] => typeof entry[1] === 'string')),
    flags: new Set(given.flatMap(([name, value]) => (value === true ? [name] : []))),
  }
}

/** Options that take a value, those that don't, and how many words may stand there besides. */
type Takes = { values?: readonly string[]; flags?: readonly string[]; words?: number }
type Config = Record<string, { type: 'string' } | { type: 'boolean'; short?: string }>

function understand(args: string[], options: Config, words: number) {
  try {
    const parsed = parseArgs({ args, options, allowPositionals: words > 0 })
    if (parsed.positionals.length <= words) return parsed
    throw new Error(`There is a word too many: ${parsed.positionals[words]}.`)
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'These options are not understood.')
  }
}
