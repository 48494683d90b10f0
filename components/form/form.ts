import type { CaseFile } from '@/lib/act/view/case'
import type { NhiFile } from '@/lib/act/view/nhi'
import type { PersonRole } from '@/lib/identity/actor'
import type { NameOf } from '@/lib/telling/words'

export type Values = Record<string, string>
export type Option = { value: string; label: string; hint?: string }

type Common = {
  /** The input's field at the API; `params.group` for one inside another. */
  name: string
  label: string
  hint?: string
  optional?: boolean
  initial?: string
  /** Short: two in a row where there is room. */
  half?: boolean
  /** Shown only then; what isn't shown isn't sent. */
  show?: (values: Values) => boolean
}

export type Field = Common &
  (
    | { kind: 'line'; max?: number; mono?: boolean }
    | { kind: 'text'; max?: number; rows?: number }
    | { kind: 'choice'; options: readonly Option[] }
    /** `numbers`: what is chosen is sent as a number. */
    | { kind: 'select'; options: readonly Option[]; numbers?: boolean }
    | { kind: 'many'; options: readonly Option[] }
    | { kind: 'person'; role?: PersonRole }
    | { kind: 'nhi' }
    | { kind: 'when' }
    | { kind: 'day' }
    | { kind: 'number' }
    | { kind: 'flag' }
    | { kind: 'json'; rows?: number }
  )

/** A command's dialog: what it asks, and how it says so. */
export type Form = {
  title: string
  intro?: string
  submit: string
  danger?: boolean
  /** Said when it is on record. */
  done: string
  fields: readonly Field[]
  /** Fields that no one types, e.g. which request it is about. */
  fixed?: Record<string, unknown>
}

/** What a form may look at when it is opened. `about` is the id of the request, exception or credential it is about. */
export type Context = {
  file?: CaseFile
  nhi?: NhiFile
  about: string | null
  name: NameOf
  me: string | null
}
export type Forms = Readonly<Record<string, (context: Context) => Form>>

export function initialValues(form: Form): Values {
  return Object.fromEntries(form.fields.map((field) => [field.name, field.initial ?? '']))
}

/** What was typed as the command's input: optional and empty is null, times become UTC, dotted names nest. */
export function inputOf(form: Form, values: Values): Record<string, unknown> {
  const input: Record<string, unknown> = { ...form.fixed }
  for (const field of form.fields) {
    if (field.show && !field.show(values)) continue
    const [outer = '', inner] = field.name.split('.')
    const value = typedValue(field, values[field.name] ?? '')
    if (inner) input[outer] = { ...(input[outer] as Record<string, unknown> | undefined), [inner]: value }
    else input[outer] = value
  }
  return input
}

function typedValue(field: Field, typed: string): unknown {
  if (field.kind === 'flag') return typed === 'yes'
  if (field.kind === 'many') return typed.split(',').filter(Boolean)
  if (typed.trim() === '' && field.optional) return null
  switch (field.kind) {
    case 'select':
      return field.numbers ? Number(typed) : typed.trim()
    case 'when':
      return new Date(typed).toISOString()
    case 'number':
      return Number(typed)
    case 'json':
      return json(typed)
    case 'text':
      return typed
    default:
      return typed.trim()
  }
}

/** What isn't JSON goes as it is: the API says what is wrong with it. */
function json(typed: string): unknown {
  try {
    return JSON.parse(typed)
  } catch {
    return typed
  }
}

/** The first field that must not stay empty, if any. */
export function firstEmpty(form: Form, values: Values): Field | undefined {
  return form.fields.find((field) => {
    if (field.optional || field.kind === 'flag' || (field.show && !field.show(values))) return false
    return (values[field.name] ?? '').trim() === ''
  })
}

/** `datetime-local` wants the reader's wall clock without a zone. */
export function wallClock(at: number): string {
  const date = new Date(at)
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
