import { parseArgs } from 'node:util'

export type Options = { readonly values: ReadonlyMap<string, string>; readonly flags: ReadonlySet<string> }

/** The command was called wrongly: exit code 2. */
export class UsageError extends Error {}

/** @throws UsageError */
export function parse(
  args: string[],
  { values = [], flags = [] }: { values?: readonly string[]; flags?: readonly string[] },
): Options {
  const options = Object.fromEntries([
    ...values.map((name) => [name, { type: 'string' as const }]),
    ...['json', ...flags].map((name) => [name, { type: 'boolean' as const }]),
    ['help', { type: 'boolean' as const, short: 'h' }],
  ])
  const given = Object.entries(understand(args, options))
  return {
    values: new Map(given.filter((entry): entry is [string, string] => typeof entry[1] === 'string')),
    flags: new Set(given.flatMap(([name, value]) => (value === true ? [name] : []))),
  }
}

type Config = Record<string, { type: 'string' } | { type: 'boolean'; short?: string }>

function understand(args: string[], options: Config): Record<string, unknown> {
  try {
    return parseArgs({ args, options }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'These options are not understood.')
  }
}
