'use client'

import { useEffect, useRef } from 'react'

/** Milliseconds during which the page was in view since it was opened: what an approver really had to read. */
export function useDwell(): () => number {
  const seen = useRef({ total: 0, since: 0 })
  useEffect(() => {
    const clock = seen.current
    const turn = () => {
      if (document.visibilityState === 'visible') {
        clock.since ||= performance.now()
      } else {
        clock.total += elapsed(clock)
        clock.since = 0
      }
    }
    turn()
    document.addEventListener('visibilitychange', turn)
    return () => document.removeEventListener('visibilitychange', turn)
  }, [])
  return () => Math.round(seen.current.total + elapsed(seen.current))
}

const elapsed = ({ since }: { since: number }) => (since ? performance.now() - since : 0)
