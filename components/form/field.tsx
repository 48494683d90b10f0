'use client'

import { cx } from '../ui/class'
import { Choices } from './choices'
import { Nhis, People, Select } from './choosers'
import type { Field } from './form'

export type FieldProps = {
  id: string
  field: Field
  value: string
  set: (value: string) => void
  error: string | null
}

export function FieldRow(props: FieldProps) {
  const { id, field, error } = props
  const grouped = field.kind === 'choice' || field.kind === 'many'
  const label = (
    <>
      {field.label}
      {field.optional ? <span className="font-normal text-ink-3"> (optional)</span> : null}
    </>
  )
  const notes = (
    <>
      {field.hint ? (
        <p id={`${id}-hint`} className="text-xs text-ink-3">
          {field.hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="text-xs font-medium text-critical">
          {error}
        </p>
      ) : null}
    </>
  )
  if (grouped) {
    return (
      <fieldset aria-describedby={error ? `${id}-error` : undefined}>
        <legend className="mb-1 font-medium">{label}</legend>
        <Choices {...props} options={field.options} many={field.kind === 'many'} />
        {notes}
      </fieldset>
    )
  }
  if (field.kind === 'flag') return <Flag {...props} />
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium">
        {label}
      </label>
      <Control {...props} />
      <div className="mt-0.5">{notes}</div>
    </div>
  )
}

function Control({ id, field, value, set, error }: FieldProps) {
  const common = {
    id,
    name: field.name,
    value,
    'aria-invalid': error ? true : undefined,
    'aria-describedby':
      [field.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined,
    onChange: (event: { target: { value: string } }) => set(event.target.value),
    className: 'field',
  }
  switch (field.kind) {
    case 'text':
      return <textarea {...common} rows={field.rows ?? 3} maxLength={field.max ?? 2_000} />
    case 'json':
      return <textarea {...common} rows={field.rows ?? 6} spellCheck={false} className="field numeric" />
    case 'select':
      return <Select {...common} options={field.options} />
    case 'person':
      return <People {...common} role={field.role} />
    case 'nhi':
      return <Nhis {...common} />
    case 'when':
      return <input {...common} type="datetime-local" />
    case 'day':
      return <input {...common} type="date" />
    case 'number':
      return <input {...common} type="number" />
    case 'line':
      return (
        <input
          {...common}
          type="text"
          maxLength={field.max ?? 200}
          className={cx('field', field.mono && 'numeric')}
          autoComplete="off"
        />
      )
    default:
      return null
  }
}

function Flag({ id, field, value, set }: FieldProps) {
  return (
    <label className="flex cursor-pointer items-baseline gap-2">
      <input
        id={id}
        type="checkbox"
        checked={value === 'yes'}
        onChange={(event) => set(event.target.checked ? 'yes' : '')}
        className="accent-(--accent)"
      />
      <span>
        {field.label}
        {field.hint ? <span className="block text-xs text-ink-2">{field.hint}</span> : null}
      </span>
    </label>
  )
}
