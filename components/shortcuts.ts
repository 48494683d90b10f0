export type Shortcut = { keys: string; label: string; group: string; run: () => void }

let registered: readonly Shortcut[] = []
const listeners = new Set<() => void>()

/** Every shortcut that works on this page now, the latest registered first. */
export const shortcuts = {
  add(one: Shortcut) {
    registered = [one, ...registered]
    tell()
    return () => {
      registered = registered.filter((other) => other !== one)
      tell()
    }
  },
  all: () => registered,
  subscribe(listener: () => void) {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

function tell() {
  for (const listener of listeners) listener()
}

/** What a pressed key means after an earlier one: run it, wait for a second key, or nothing. */
export function match(
  pressed: string,
  pending: string,
  known: readonly Shortcut[],
): Shortcut | 'wait' | null {
  const typed = pending ? `${pending} ${pressed}` : pressed
  const exact = known.find((one) => one.keys === typed)
  if (exact) return exact
  return known.some((one) => one.keys.startsWith(`${typed} `)) ? 'wait' : null
}

const OFF = 'single-key-shortcuts'

/** WCAG 2.1.4: shortcuts of a single character can be switched off. */
export function singleKeys(): boolean {
  try {
    return localStorage.getItem(OFF) !== 'off'
  } catch {
    return true
  }
}

export function setSingleKeys(on: boolean) {
  try {
    localStorage.setItem(OFF, on ? 'on' : 'off')
  } catch {
    // Without storage they stay on.
  }
}
