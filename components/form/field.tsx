'use client'

import type { ComponentProps } from 'react'
import { useMembers, useNhis } from '../names'
import { cx } from '../ui/class'
import type { Field, Option } from './form'

type Props = {
  id: string
  field: Field
  value: string
  set: (value: string) => void
  error: string | null
}

export function FieldRow(props: Props) {
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

function Control({ id, field, value, set, error }: Props) {
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

type SelectProps = ComponentProps<'select'> & { options: readonly Option[] }

function Select({ options, ...rest }: SelectProps) {
  return (
    <select {...rest}>
      <option value="">Choose …</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
          {option.hint ? ` · ${option.hint}` : ''}
        </option>
      ))}
    </select>
  )
}

function People({ role, ...rest }: Omit<SelectProps, 'options'> & { role?: string | undefined }) {
  const members = useMembers().data?.filter((one) => !one.removed) ?? []
  const fitting = members.filter((one) => !role || one.roles.some((has) => has === role))
  return (
    <Select
      {...rest}
      options={fitting.map((one) => ({
        value: one.id,
        label: one.name,
        hint: [one.team, ...one.roles].filter(Boolean).join(', '),
      }))}
    />
  )
}

function Nhis(props: Omit<SelectProps, 'options'>) {
  const nhis = useNhis().data ?? []
  return (
    <Select
      {...props}
      options={nhis.map((one) => ({
        value: one.id,
        label: one.name,
        hint: `${one.system}, ${one.environment}`,
      }))}
    />
  )
}

function Choices({
  id,
  field,
  value,
  set,
  options,
  many,
}: Props & { options: readonly Option[]; many: boolean }) {
  const chosen = many ? value.split(',').filter(Boolean) : [value]
  const pick = (one: string) => {
    if (!many) return set(one)
    set((chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one]).join(','))
  }
  const short = options.every((option) => !option.hint)
  return (
    <div className={short ? 'flex flex-wrap gap-1.5' : 'grid gap-1'}>
      {options.map((option) => (
        <label
          key={option.value}
          className={cx(
            'flex cursor-pointer items-baseline gap-2 rounded-md border px-2.5 py-1 has-checked:border-accent has-checked:bg-accent-wash has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent pointer-coarse:min-h-11 pointer-coarse:items-center',
            'border-rule-strong bg-sheet hover:border-edge',
          )}
        >
          <input
            type={many ? 'checkbox' : 'radio'}
            name={`${id}-${field.name}`}
            value={option.value}
            checked={chosen.includes(option.value)}
            onChange={() => pick(option.value)}
            className="accent-(--accent)"
          />
          <span>
            {option.label}
            {option.hint ? <span className="block text-xs text-ink-2">{option.hint}</span> : null}
          </span>
        </label>
      ))}
    </div>
  )
}

function Flag({ id, field, value, set }: Props) {
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
