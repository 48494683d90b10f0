'use client'

import { useCallback, useEffect, useState } from 'react'
import { useSession } from './session'

/**
 * Typed text that survives a reload, a conflict, a closed dialog and a session that ends; forgotten once it was sent. Kept in this tab
 * alone, and for its writer alone: whoever signs in here next neither sees it nor sends it in their own name.
 */
export function useDraft<Values extends Record<string, unknown>>(name: string, initial: Values) {
  const me = useSession().data?.who.id
  const key = me ? `draft:${me}:${name}` : null
  const [start] = useState(initial)
  const [draft, setDraft] = useState(() => ({ key, typed: read<Values>(key) }))
  // What is typed before it is known who writes is theirs; what somebody else has typed is not.
  if (draft.key !== key) setDraft({ key, typed: { ...read(key), ...(draft.key ? {} : draft.typed) } })
  useEffect(() => {
    if (Object.keys(draft.typed).length) write(draft.key, draft.typed)
  }, [draft])
  const set = useCallback((changes: Partial<Values>) => {
    setDraft((before) => ({ ...before, typed: { ...before.typed, ...changes } }))
  }, [])
  const forget = useCallback(() => write(key, null), [key])
  return { values: { ...start, ...draft.typed }, set, forget }
}

function read<Values>(key: string | null): Partial<Values> {
  try {
    return JSON.parse((key && sessionStorage.getItem(key)) || '{}') as Partial<Values>
  } catch {
    return {}
  }
}

function write(key: string | null, value: unknown) {
  try {
    if (!key) return
    if (value === null) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, JSON.stringify(value))
  } catch {
    // Without storage the draft lives as long as the dialog.
  }
}
