// Runs before the first paint, so that a chosen theme never flashes. A file, because no inline script is allowed.
try {
  const theme = localStorage.getItem('theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage may be blocked: the system's theme is used.
}
