import { execFileSync } from 'node:child_process'

/** What a reader can read in a PDF: by poppler's pdftotext, every run of white space as one space. */
export function pdfText(file: string): string {
  return execFileSync('pdftotext', ['-enc', 'UTF-8', '-layout', file, '-'], { encoding: 'utf8' }).replace(
    /\s+/g,
    ' ',
  )
}
