import fc from 'fast-check'

/** Any code point but half a surrogate pair: what fast-check calls a `binary` unit, without its table of a million characters. */
export const anyCharacter = fc
  .integer({ min: 0, max: 0x10ffff - 0x800 })
  .map((point) => String.fromCodePoint(point < 0xd800 ? point : point + 0x800))
