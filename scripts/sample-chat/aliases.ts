/**
 * The emulator makes up its own ids and times. Outside it, people and channels have ids that never change, and what was
 * said an hour ago has a `ts` of an hour ago: this translates both ways.
 */
export type Aliases = {
  learn(inside: string, outside: string): void
  outward(text: string): string
  inward(text: string): string
}

const NAMES = /\b(?:[A-Z][A-Z0-9]{8,12}|\d{10}\.\d{6})\b/g

export function aliases(): Aliases {
  const out = new Map<string, string>()
  const back = new Map<string, string>()
  return {
    learn(inside, outside) {
      out.set(inside, outside)
      back.set(outside, inside)
    },
    outward: (text) => text.replace(NAMES, (name) => out.get(name) ?? name),
    inward: (text) => text.replace(NAMES, (name) => back.get(name) ?? name),
  }
}
