import type { Finding } from './finding'

const MOST_VALUES = 200

/** Long or odd enough that meeting it again is no accident. */
function isTelling(value: string): boolean {
  return value.length >= 8 || (value.length >= 6 && /\d/.test(value) && /[A-Za-z]/.test(value))
}

/**
 * A secret found once is masked wherever it is said again, in any text: "hunter2hunter2 is still live?" Where others that were met
 * cover all of it, it is no finding of its own: a text of nothing but secrets that hold one another would be found hundreds of times.
 */
export function repeats(text: string, known: readonly Finding[]): Finding[] {
  const found: Finding[] = []
  const telling = known.slice(0, MOST_VALUES).filter(({ value }) => isTelling(value))
  if (!telling.length) return found
  const covered = new Uint32Array(text.length)
  for (const finding of telling.sort((a, b) => b.rank - a.rank || b.value.length - a.value.length)) {
    for (const form of formsOf(finding.value))
      for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + form.length)) {
        const end = at + form.length
        if (isCovered(covered, at, end)) continue
        covered.fill(end, at, end)
        found.push({ ...finding, start: at, end })
      }
  }
  return found
}

/** `covered`: for each place the end of a finding that takes it in, or 0. */
function isCovered(covered: Uint32Array, start: number, end: number): boolean {
  let at = start
  for (let next = covered[at] ?? 0; at < end && next > at; next = covered[at] ?? 0) at = next
  return at >= end
}

function formsOf(value: string): Set<string> {
  return new Set([value, encodeURIComponent(value.toWellFormed())])
}
