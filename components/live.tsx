'use client'

import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Tip } from './ui/tip'

type State = 'connecting' | 'live' | 'reconnecting'
const WORDS: Record<State, [string, string]> = {
  connecting: ['Connecting', 'Connecting to live changes.'],
  live: ['Live', 'Others’ changes appear here within a second.'],
  reconnecting: [
    'Reconnecting',
    'Not connected: what you see may be behind. What you do is still checked against the present state.',
  ],
}

/** Follows /api/v1/stream and refreshes what has changed; after a break it reconnects, ever more patiently. */
export function Live() {
  const client = useQueryClient()
  const [state, setState] = useState<State>('connecting')
  useEffect(() => follow(client, setState), [client])
  const [word, sentence] = WORDS[state]
  return (
    <Tip text={sentence} side="bottom">
      <span
        className="flex items-center gap-1.5 text-xs text-ink-3"
        role="status"
        aria-label={`${word}. ${sentence}`}
      >
        <span
          className={`size-2 rounded-full forced-color-adjust-none ${state === 'live' ? 'bg-ok' : 'border border-medium'}`}
        />
        <span className={state === 'live' ? 'hidden xl:inline' : 'hidden sm:inline'}>{word}</span>
      </span>
    </Tip>
  )
}

function follow(client: QueryClient, tell: (state: State) => void): () => void {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  const refresh = gather((keys) => {
    for (const key of keys) void client.invalidateQueries({ queryKey: JSON.parse(key) as string[] })
  })
  const open = () => {
    source = new EventSource('/api/v1/stream')
    source.onopen = () => {
      tell('live')
      if (failures > 0) void client.invalidateQueries()
      failures = 0
    }
    source.addEventListener('change', (event) => refresh(touchedBy(streamOf(event.data))))
    for (const news of ['sealed', 'witnessed'])
      source.addEventListener(news, () => refresh([['case'], ['nhi'], ['history'], ['settings']]))
    source.onerror = () => {
      source?.close()
      tell('reconnecting')
      // Not the network, then: perhaps nobody is signed in any more, which only asking tells.
      if (failures > 0) void client.invalidateQueries({ queryKey: ['session'] })
      timer = setTimeout(open, pause(failures++, Math.random()))
    }
  }
  open()
  return () => {
    source?.close()
    clearTimeout(timer)
  }
}

function streamOf(data: unknown): string {
  try {
    const parsed = JSON.parse(String(data)) as { stream?: unknown }
    return typeof parsed.stream === 'string' ? parsed.stream : ''
  } catch {
    return ''
  }
}

/** Which answers a change of a stream makes old. */
export function touchedBy(stream: string): string[][] {
  const id = stream.slice(stream.lastIndexOf('/') + 1)
  if (id.startsWith('case_'))
    return [['case', id], ['cases'], ['approvals'], ['approval', id], ['exports'], ['history']]
  if (id.startsWith('nhi_')) return [['nhi', id], ['nhis'], ['case'], ['history']]
  return [['members'], ['settings'], ['session'], ['exports'], ['history'], ['passkeys']]
}

/** How long to wait before connecting again, in ms: doubling from 1 s to 30 s, spread so that not all come at once. */
export function pause(failures: number, random: number): number {
  return Math.min(30_000, 1_000 * 2 ** failures) * (0.5 + random / 2)
}

/** Gathers keys for 80 ms, so that a burst of events asks once. */
function gather(run: (keys: Set<string>) => void) {
  let keys = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  return (more: string[][]) => {
    for (const key of more) keys.add(JSON.stringify(key))
    if (timer) return
    timer = setTimeout(() => {
      const due = keys
      keys = new Set()
      timer = undefined
      run(due)
    }, 80)
  }
}
