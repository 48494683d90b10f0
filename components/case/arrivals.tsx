'use client'

import { useEffect, useRef, useState } from 'react'
import type { CaseFile } from '@/lib/act/view/case'
import { sentence } from '@/lib/telling/sentence'
import { useNames } from '../names'
import { useSession } from '../session'

/** Tells a screen reader what others do on the case while it is open. */
export function Arrivals({ file }: { file: CaseFile }) {
  const name = useNames()
  const me = useSession().data?.who.id
  const seen = useRef(file.version)
  const [said, setSaid] = useState('')
  useEffect(() => {
    const fresh = file.timeline.filter((entry) => entry.seq >= seen.current && entry.who.id !== me)
    seen.current = Math.max(seen.current, file.version)
    if (fresh.length)
      setSaid(fresh.map((entry) => `${entry.who.name} ${sentence(entry, name).text}.`).join(' '))
  }, [file, me, name])
  return (
    <p className="sr-only" aria-live="polite">
      {said}
    </p>
  )
}
