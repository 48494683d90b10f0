import type { Recorded } from './recorded'
import type { Fact, Party } from './view'

export function party(id: string, part: string, answers?: string): Party {
  return { id, part, answers: answers === undefined || answers === id ? null : answers }
}

export function seqs(events: readonly Recorded[]): number[] {
  return [...new Set(events.map(({ seq }) => seq))].sort((one, other) => one - other)
}

export function text(label: string, value: string, event?: number): Fact {
  return fact('text', label, value, event)
}
export function code(label: string, value: string, event?: number): Fact {
  return fact('code', label, value, event)
}
export function digestOf(label: string, value: string, event?: number): Fact {
  return fact('digest', label, value, event)
}
export function time(label: string, value: string | undefined): Fact {
  return fact('time', label, value ?? '')
}
function fact(kind: Fact['kind'], label: string, value: string, event?: number): Fact {
  return { kind, label, value, ...(event === undefined ? {} : { event }) }
}

export function list(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
