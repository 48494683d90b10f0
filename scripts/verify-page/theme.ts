import { byId } from './dom'

const THEMES = ['system', 'light', 'dark'] as const

/** Light, dark or as the system: chosen here, kept where the desk keeps it. */
export function themeSwitch(): void {
  const chooser = byId('theme') as HTMLSelectElement
  const kept = read()
  set(THEMES.find((theme) => theme === kept) ?? 'system')
  chooser.addEventListener('change', () => {
    set(chooser.value)
    keep(chooser.value)
  })

  function set(theme: string): void {
    chooser.value = theme
    if (theme === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
  }
}

// Storage may be blocked, or missing where the page is a file: then the choice lasts as long as the page.
function read(): string | null {
  try {
    return localStorage.getItem('theme')
  } catch {
    return null
  }
}

function keep(theme: string): void {
  try {
    if (theme === 'system') localStorage.removeItem('theme')
    else localStorage.setItem('theme', theme)
  } catch {
    // See above.
  }
}
