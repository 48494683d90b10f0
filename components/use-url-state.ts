'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback } from 'react'

/** A page's filters and open dialog live in its address, so that any view can be sent as a link. */
export function useUrlState() {
  const params = useSearchParams()
  const set = useCallback((changes: Record<string, string | null>, how: 'replace' | 'push' = 'replace') => {
    const query = changed(window.location.search, changes)
    const url = `${window.location.pathname}${query}${window.location.hash}`
    if (how === 'push') window.history.pushState(null, '', url)
    else window.history.replaceState(null, '', url)
  }, [])
  return { params, set }
}

/** The query string after some keys were set, or dropped (null or empty). */
export function changed(search: string, changes: Record<string, string | null>): string {
  const next = new URLSearchParams(search)
  for (const [key, value] of Object.entries(changes)) {
    if (value) next.set(key, value)
    else next.delete(key)
  }
  const text = next.toString()
  return text ? `?${text}` : ''
}
