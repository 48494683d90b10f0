import type { Finding } from './finding'
import { WIDE } from './secretlint'

/** Overlapping findings become one that covers both (rather too much than too little), named by the one that knows most. */
export function merge(findings: Finding[]): Finding[] {
  const precise = withoutWide(findings).sort((a, b) => a.start - b.start || b.end - a.end)
  const merged: Finding[] = []
  for (const finding of precise) {
    const last = merged.at(-1)
    if (last && finding.start < last.end) merged[merged.length - 1] = both(last, finding)
    else merged.push(finding)
  }
  return merged
}

function both(a: Finding, b: Finding): Finding {
  const known = b.rank > a.rank ? b : a
  return { ...known, start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) }
}

/** A whole connection string, or `SECRET=postgres://…`, gives way to the password found inside it. */
function withoutWide(findings: Finding[]): Finding[] {
  const inner = findings.filter((finding) => finding.rank >= 4).sort((a, b) => a.start - b.start)
  return findings.filter((finding) => {
    if (finding.rank >= 4) return true
    const wide = WIDE.has(finding.kind) || (finding.rank === 1 && /^[a-z+]{2,20}:\/\//i.test(finding.value))
    return !wide || !holdsOne(inner, finding)
  })
}

/** `inner` is sorted by start: the first one that starts inside decides. */
function holdsOne(inner: Finding[], wide: Finding): boolean {
  let low = 0
  let high = inner.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((inner[middle]?.start ?? 0) < wide.start) low = middle + 1
    else high = middle
  }
  const first = inner[low]
  return first !== undefined && first.end <= wide.end
}
