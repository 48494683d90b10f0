'use client'

import { useEffect, useRef, useState } from 'react'

const REST_MS = 250

/**
 * What is typed into a filter, sent once the typing rests. `value` is what the address says: where somebody came to it otherwise, back
 * through the history for one, it is shown; what was sent from here leaves the box as it is, with the space that the next word begins with.
 */
export function useTyped(value: string, send: (text: string) => void) {
  const [text, setText] = useState(value)
  const sent = useRef(value)
  const latest = useRef(send)
  useEffect(() => {
    latest.current = send
  })
  useEffect(() => {
    if (value !== sent.current) setText(value)
    sent.current = value
  }, [value])
  useEffect(() => {
    if (text.trim() === sent.current) return
    const timer = setTimeout(() => {
      sent.current = text.trim()
      latest.current(sent.current)
    }, REST_MS)
    return () => clearTimeout(timer)
  }, [text])
  return [text, setText] as const
}
