'use client'

import { cx } from '../ui/class'
import type { FieldProps } from './field'
import type { Option } from './form'

/** One of a few as radio buttons, or some of them as boxes to tick. */
export function Choices({
  id,
  field,
  value,
  set,
  options,
  many,
}: FieldProps & { options: readonly Option[]; many: boolean }) {
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
