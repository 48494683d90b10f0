import { words } from '@/lib/telling/words'
import type { Context, Field, Option } from '../form/form'

export const plain = (names: readonly string[]): Option[] =>
  names.map((name) => ({ value: name, label: words(name) }))

export const reason = (label = 'Why'): Field => ({ kind: 'text', name: 'reason', label })

export const ORDER = ['identify', 'confirm', 'assign', 'act', 'verify']
/** The stage that comes after one. */
export const after = (stage: string | undefined) => ORDER[ORDER.indexOf(stage ?? '') + 1] ?? 'closed'

/** The identities of the case, to choose from. */
export function linked(file: Context['file']): Option[] {
  return (file?.linked ?? []).map((one) => ({ value: one.id, label: one.name }))
}
