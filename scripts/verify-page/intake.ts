import { byId } from './dom'

/** Files come by the button or by being dropped anywhere on the page. */
export function intake({ take }: { take: (files: readonly File[]) => Promise<void> }): void {
  const chooser = byId('choose') as HTMLInputElement
  chooser.addEventListener('change', () => {
    const files = [...(chooser.files ?? [])]
    chooser.value = '' // the same file can be chosen again
    if (files.length > 0) void take(files)
  })
  const page = document.documentElement
  let depth = 0
  const over = (by: number) => {
    depth = by === 0 ? 0 : depth + by
    page.toggleAttribute('data-dropping', depth > 0)
  }
  page.addEventListener('dragenter', () => over(1))
  page.addEventListener('dragleave', () => over(-1))
  page.addEventListener('dragover', (event) => event.preventDefault())
  page.addEventListener('drop', (event) => {
    event.preventDefault()
    over(0)
    const files = [...(event.dataTransfer?.files ?? [])]
    if (files.length > 0) void take(files)
  })
}
