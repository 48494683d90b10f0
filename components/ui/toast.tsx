'use client'

import { useSyncExternalStore } from 'react'
import { cx } from './class'

export type Toast = { kind: 'done' | 'note' | 'refused'; title: string; detail?: string }
type Shown = Toast & { id: number }

let shown: readonly Shown[] = []
let last = 0
const none: readonly Shown[] = []
const listeners = new Set<() => void>()

/** Says something in the corner, and to a screen reader. A refusal stays until it is dismissed. */
export function toast(said: Toast) {
  const id = ++last
  if (shown.some((one) => one.title === said.title && one.detail === said.detail)) return
  show([...shown.slice(-3), { ...said, id }])
  if (said.kind !== 'refused') setTimeout(() => drop(id), said.detail ? 9_000 : 5_000)
}

const drop = (id: number) => show(shown.filter((one) => one.id !== id))

function show(next: readonly Shown[]) {
  shown = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function Toasts() {
  const toasts = useSyncExternalStore(
    subscribe,
    () => shown,
    () => none,
  )
  return (
    <section
      aria-label="Notifications"
      aria-live="polite"
      className="pointer-events-none print:hidden fixed inset-x-3 bottom-16 z-50 flex flex-col items-end gap-2 md:bottom-4 md:left-auto md:w-96"
    >
      {toasts.map((one) => (
        <div
          key={one.id}
          role={one.kind === 'refused' ? 'alert' : undefined}
          className={cx(
            'pointer-events-auto flex w-full items-start gap-3 rounded-md border border-l-4 bg-sheet py-2 pr-1.5 pl-3 shadow-lg',
            one.kind === 'done' && 'border-rule-strong border-l-ok',
            one.kind === 'note' && 'border-rule-strong border-l-medium',
            one.kind === 'refused' && 'border-rule-strong border-l-critical',
          )}
        >
          <div className="min-w-0 flex-1 py-0.5">
            <p className="font-medium">{one.title}</p>
            {one.detail ? <p className="text-ink-2">{one.detail}</p> : null}
          </div>
          <button
            type="button"
            onClick={() => drop(one.id)}
            className="size-7 rounded text-ink-3 hover:bg-sunk hover:text-ink"
            aria-label="Dismiss"
          >
            ×
          </button>
        </div>
      ))}
    </section>
  )
}
