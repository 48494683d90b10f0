import type { Checked } from './load'

/** What checking a set led to, as JSON: checking takes the engine a second or two, and the same texts give the same. */
export function checkedText({ bundle, rules, commands }: Checked): string {
  return JSON.stringify({ bundle, rules, commands: [...commands] })
}

/** The opposite; null when the text is no such thing, so that the set is checked again. */
export function checkedFrom(text: string): Checked | null {
  try {
    const { bundle, rules, commands } = JSON.parse(text) as Record<keyof Checked, unknown>
    if (typeof bundle !== 'string' || !Array.isArray(rules) || !Array.isArray(commands)) return null
    return { bundle, rules, commands: new Set(commands) }
  } catch {
    return null
  }
}
