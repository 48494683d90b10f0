const LONGEST = 40_000

/** Text as the record takes it: well-formed, no NUL, not empty, at most 40,000 units. Nothing else is changed. */
export function storable(text: string, most = LONGEST): string {
  const whole = text.toWellFormed().replaceAll('\u0000', '␀')
  const cut = whole.length > most ? `${whole.slice(0, most - 20).toWellFormed()}\n… (cut here)` : whole
  return cut.trim() === '' ? '(no text)' : cut
}
