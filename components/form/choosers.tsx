'use client'

import type { ComponentProps } from 'react'
import { useMembers, useNhis } from '../names'
import type { Option } from './form'

type SelectProps = ComponentProps<'select'> & { options: readonly Option[] }

export function Select({ options, ...rest }: SelectProps) {
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

export function People({ role, ...rest }: Omit<SelectProps, 'options'> & { role?: string | undefined }) {
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

export function Nhis(props: Omit<SelectProps, 'options'>) {
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
