/** Characters that a reader does not see, or that change how what they see is ordered: what they are called. */
const NAMED: Record<number, string> = {
  0: 'null',
  7: 'bell',
  8: 'backspace',
  11: 'vertical tab',
  12: 'form feed',
  13: 'carriage return',
  27: 'escape',
  127: 'delete',
  173: 'soft hyphen',
  847: 'combining grapheme joiner',
  1564: 'Arabic letter mark',
  4447: 'Hangul filler',
  4448: 'Hangul filler',
  6068: 'Khmer vowel, invisible',
  6069: 'Khmer vowel, invisible',
  6158: 'Mongolian vowel separator',
  8203: 'zero-width space',
  8204: 'zero-width non-joiner',
  8205: 'zero-width joiner',
  8206: 'left-to-right mark',
  8207: 'right-to-left mark',
  8232: 'line separator',
  8233: 'paragraph separator',
  8234: 'left-to-right embedding',
  8235: 'right-to-left embedding',
  8236: 'pop directional formatting',
  8237: 'left-to-right override',
  8238: 'right-to-left override',
  8288: 'word joiner',
  8294: 'left-to-right isolate',
  8295: 'right-to-left isolate',
  8296: 'first strong isolate',
  8297: 'pop directional isolate',
  10240: 'braille blank',
  12644: 'Hangul filler',
  65279: 'byte order mark',
  65440: 'Hangul filler',
}

const RANGES: [from: number, to: number, name: string][] = [
  [0x00, 0x08, 'control character'],
  [0x0b, 0x1f, 'control character'],
  [0x7f, 0x9f, 'control character'],
  [0x2061, 0x2064, 'invisible operator'],
  [0x2065, 0x206f, 'format character'],
  [0xd800, 0xdfff, 'lone surrogate'],
  [0xe000, 0xf8ff, 'private use character'],
  [0xfdd0, 0xfdef, 'noncharacter'],
  [0xfe00, 0xfe0f, 'variation selector'],
  [0xfff9, 0xfffb, 'annotation character'],
  [0x1d173, 0x1d17a, 'format character'],
  [0xe0000, 0xe007f, 'tag character'],
  [0xe0100, 0xe01ef, 'variation selector'],
  [0xf0000, 0x10ffff, 'private use character'],
]

/** What a hidden character is called; null for one that can be seen, and for line feed and tab. */
export function hiddenName(code: number): string | null {
  const named = NAMED[code]
  if (named !== undefined) return named
  if (code < 0x7f && code >= 0x20) return null
  const range = RANGES.find(([from, to]) => code >= from && code <= to)
  if (range?.[2] === 'tag character' && code >= 0xe0020 && code < 0xe007f)
    return `tag character ${String.fromCodePoint(code - 0xe0000)}`
  return range?.[2] ?? null
}

/** `U+202E` */
export function codeName(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}
