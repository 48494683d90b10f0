import type { Finding } from './finding'

const MOST_VALUES = 200

/** Long or odd enough that meeting it again is no accident. */
function isTelling(value: string): boolean {
  return value.length >= 8 || (value.length >= 6 && /\d/.test(value) && /[A-Za-z]/.test(value))
}

/** A secret found once is masked wherever it is said again, in any text: "hunter2hunter2 is still live?" */
export function repeats(text: string, known: readonly Finding[]): Finding[] {
  const found: Finding[] = []
  for (const finding of known.slice(0, MOST_VALUES)) {
    if (!isTelling(finding.value)) continue
    for (const form of formsOf(finding.value)) found.push(...occurrences(text, form, finding))
  }
  return found
}

function formsOf(value: string): Set<string> {
  return new Set([value, encodeURIComponent(value.toWellFormed())])
}

function* occurrences(text: string, form: string, finding: Finding): Generator<Finding> {
  for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + form.length))
    yield { ...finding, start: at, end: at + form.length }
}
