import type { Report } from '../../lib/record/verify'
import { button, el } from './dom'

/** The report as data, for a file or the clipboard: the same that `on-record verify --json` prints. */
export function offerReport(report: Report, name: string, milliseconds: number): HTMLElement {
  const json = `${JSON.stringify(report, null, 2)}\n`
  const said = el('span', { role: 'status', class: 'quiet' })
  const copy = button('Copy the report', async () => {
    said.textContent = (await copied(json))
      ? 'Copied.'
      : 'This browser doesn’t let pages copy: save it instead.'
  })
  const address = URL.createObjectURL(new Blob([json], { type: 'application/json' }))
  const file = `${name.replace(/\.zip$/i, '')}.report.json`
  const save = el('a', { class: 'button', href: address, download: file }, 'Save the report as JSON')
  const took = `Checked in ${(milliseconds / 1000).toFixed(1)} s, on this machine.`
  return el('p', { class: 'actions' }, copy, save, said, el('span', { class: 'quiet' }, took))
}

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
