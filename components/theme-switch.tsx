'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { cx } from './ui/class'

const THEMES = [
  ['light', 'Light', Sun],
  ['dark', 'Dark', Moon],
  ['system', 'As the system', Monitor],
] as const
type Theme = (typeof THEMES)[number][0]

const listeners = new Set<() => void>()
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
const current = (): Theme => (document.documentElement.dataset.theme as Theme | undefined) ?? 'system'

export function ThemeSwitch() {
  const theme = useSyncExternalStore(subscribe, current, () => 'system' as Theme)
  return (
    <fieldset className="flex items-center rounded-md border border-rule p-0.5">
      <legend className="sr-only">Theme</legend>
      {THEMES.map(([id, label, Icon]) => (
        <button
          key={id}
          type="button"
          aria-pressed={theme === id}
          aria-label={label}
          title={label}
          onClick={() => choose(id)}
          className={cx(
            'grid size-6 place-items-center rounded-sm pointer-coarse:size-10',
            theme === id ? 'bg-sunk text-ink' : 'text-ink-3 hover:text-ink',
          )}
        >
          <Icon className="size-3.5" aria-hidden="true" />
        </button>
      ))}
    </fieldset>
  )
}

function choose(theme: Theme) {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  try {
    if (theme === 'system') localStorage.removeItem('theme')
    else localStorage.setItem('theme', theme)
  } catch {
    // Without storage the choice lasts until the page is left.
  }
  for (const listener of listeners) listener()
}
