'use client'

import { useCallback, useState } from 'react'

/** Typed text that survives a reload, a conflict and a closed dialog; forgotten once it was sent. Kept in this tab alone. */
export function useDraft<Values extends Record<string, unknown>>(name: string, initial: Values) {
  const key = `draft:${name}`
  const [values, setValues] = useState<Values>(() => ({ ...initial, ...read(key) }))
  const set = useCallback(
    (changes: Partial<Values>) => {
      setValues((before) => {
        const after = { ...before, ...changes }
        write(key, after)
        return after
      })
    },
    [key],
  )
  const forget = useCallback(() => write(key, null), [key])
  return { values, set, forget }
}

function read(key: string): Record<string, unknown> {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '{}') as Record<string, unknown>
  } catch {
    return {}
  }
}

function write(key: string, value: unknown) {
  try {
    if (value === null) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, JSON.stringify(value))
  } catch {
    // Without storage the draft lives as long as the dialog.
  }
}
