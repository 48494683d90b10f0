'use client'

import type { Refusal } from '@/lib/act/refusal'
import { FieldRow } from './field'
import type { Form, Values } from './form'

type Props = {
  id: string
  form: Pick<Form, 'fields'>
  values: Values
  set: (changes: Values) => void
  /** The field that was left empty on sending. */
  empty: string | null
  refusal: Refusal | null
  /** What is on its way stays as it is: a letter typed now would not be in it. */
  sending: boolean
}

/** Leads to a field of this form, e.g. the one that was left empty: it says itself what is wrong with it. */
export function focusOn(form: HTMLFormElement | null, name: string): void {
  form?.querySelector<HTMLElement>(`[data-field="${name}"] :is(input, select, textarea)`)?.focus()
}

/** A form's fields that are shown now; those that are short stand two in a row. */
export function Fields({ id, form, values, set, empty, refusal, sending }: Props) {
  const shown = form.fields.filter((field) => !field.show || field.show(values))
  if (!shown.length) return null
  return (
    <div aria-busy={sending} className="grid gap-4 sm:grid-cols-2">
      {shown.map((field) => (
        <div key={field.name} data-field={field.name} className={field.half ? undefined : 'sm:col-span-2'}>
          <FieldRow
            id={`${id}-${field.name}`}
            field={field}
            value={values[field.name] ?? ''}
            set={(value) => {
              if (!sending) set({ [field.name]: value })
            }}
            error={empty === field.name ? 'This is needed.' : errorFor(field.name, refusal)}
          />
        </div>
      ))}
    </div>
  )
}

function errorFor(name: string, refusal: Refusal | null): string | null {
  if (!refusal?.field) return null
  const last = name.split('.').at(-1)
  const meant = refusal.field === name || refusal.field === last || refusal.field.startsWith(`${name}.`)
  return meant ? refusal.sentence : null
}
