'use client'

import { type ReactNode, useEffect, useRef } from 'react'
import { match, shortcuts, singleKeys } from './shortcuts'

/** Listens for the whole page; what runs is what the page's parts have registered with useShortcut. */
export function Keyboard({ children }: { children: ReactNode }) {
  useEffect(() => {
    let pending = ''
    let timer: ReturnType<typeof setTimeout> | undefined
    const clear = () => {
      pending = ''
      clearTimeout(timer)
    }
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event) || event.altKey) return
      const modified = event.ctrlKey || event.metaKey
      if (!modified && !singleKeys()) return
      const found = match(modified ? `mod+${event.key.toLowerCase()}` : event.key, pending, shortcuts.all())
      clear()
      if (found === null) return
      event.preventDefault()
      if (found !== 'wait') return found.run()
      pending = event.key
      timer = setTimeout(clear, 1_200)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return children
}

/** Keys belong to whoever is typing, and to an open dialog. Ctrl/Cmd-K works everywhere. */
function isTyping(event: KeyboardEvent): boolean {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') return false
  if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return true
  const target = event.target
  if (!(target instanceof HTMLElement)) return false
  if (target.closest('[role="menu"], [role="listbox"]')) return true
  if (event.key === 'Enter') return target.closest('a, button, summary, input, textarea, select') !== null
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)
}

/** Makes a key do something while the calling component is on the page. `keys` is `c`, `g i` or `mod+k`. */
export function useShortcut(keys: string, label: string, run: (() => void) | null, group = 'This page') {
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  const enabled = run !== null
  useEffect(() => {
    if (!enabled) return
    return shortcuts.add({ keys, label, group, run: () => latest.current?.() })
  }, [keys, label, group, enabled])
}
