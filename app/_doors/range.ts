export type Range = { readonly start: number; readonly end: number }

/**
 * The one range that a request asks for, both ends included: RFC 9110 14.1.2. Null for the whole: without a range, with one that we
 * don't serve (several, another unit), or when the file has changed since the first part (If-Range, 13.1.5).
 */
export function rangeOf(
  range: string | null,
  ifRange: string | null,
  etag: string,
  size: number,
): Range | 'unsatisfiable' | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range ?? '') ?? []
  if ((first === '' && last === '') || (ifRange !== null && ifRange !== etag)) return null
  if (first === '')
    return Number(last) === 0 ? 'unsatisfiable' : { start: Math.max(0, size - Number(last)), end: size - 1 }
  const start = Number(first)
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < start) return null
  return start >= size ? 'unsatisfiable' : { start, end }
}
