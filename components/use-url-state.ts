'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useEffect, useMemo, useSyncExternalStore } from 'react'

type Changes = Readonly<Record<string, string | null>>

const NONE: readonly string[] = []
/**
 * The addresses from the one that the router shows to the one that was set last. It shows an address a moment after it was set, and then writes
 * it into the bar once more: until then neither says what a filter was set to.
 */
let ahead = NONE
const readers = new Set<() => void>()

/** A page's filters and open dialog live in its address, so that any view can be sent as a link. What is set is so at once. */
export function useUrlState() {
  const routed = useSearchParams().toString()
  const shown = `${usePathname()}?${routed}`
  const known = useSyncExternalStore(
    subscribe,
    () => ahead,
    () => NONE,
  )
  useEffect(() => {
    const place = ahead.indexOf(shown)
    keep(place < 0 ? NONE : ahead.slice(place)) // not set here: a link or the way back led to it, and it counts
  }, [shown])
  const query = known.includes(shown) ? queryOf(known.at(-1)) : routed
  return { params: useMemo(() => new URLSearchParams(query), [query]), set }
}

function set(changes: Changes, how: 'replace' | 'push' = 'replace'): void {
  const { pathname, search, hash } = window.location
  const before = ahead.length ? ahead : [`${pathname}?${new URLSearchParams(search)}`]
  const query = changed(queryOf(before.at(-1)), changes)
  keep([...before, `${pathname}${query || '?'}`])
  const url = `${pathname}${query}${hash}`
  if (how === 'push') window.history.pushState(null, '', url)
  else window.history.replaceState(null, '', url)
}

function keep(addresses: readonly string[]): void {
  if (addresses.length === ahead.length && addresses.at(-1) === ahead.at(-1)) return
  ahead = addresses
  for (const read of readers) read()
}

function subscribe(read: () => void): () => void {
  readers.add(read)
  return () => void readers.delete(read)
}

function queryOf(address = ''): string {
  return address.slice(address.indexOf('?') + 1)
}

/** The query string after some keys were set, or dropped (null or empty). */
export function changed(search: string, changes: Changes): string {
  const next = new URLSearchParams(search)
  for (const [key, value] of Object.entries(changes)) {
    if (value) next.set(key, value)
    else next.delete(key)
  }
  const text = next.toString()
  return text ? `?${text}` : ''
}
