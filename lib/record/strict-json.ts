import type { Json } from './canonical'
import { malformed } from './malformed'

// RFC 8259, minus what RFC 7493 (I-JSON) forbids and what the record restricts. `JSON.parse` would keep the last of
// two equal keys and round a large number without a word; a second reader might keep the first.
type Cursor = { readonly text: string; readonly maxDepth: number; at: number }

/** The one value in a text. @throws Malformed */
export function parseText(text: string, maxDepth: number): Json {
  if (text.charCodeAt(0) === 0xfeff) throw malformed('byte_order_mark', 'A byte order mark is not allowed.')
  const cursor: Cursor = { text, maxDepth, at: 0 }
  const value = parseValue(cursor, 0)
  skipSpace(cursor)
  if (cursor.at !== text.length) throw unexpected(cursor)
  return value
}

function parseValue(cursor: Cursor, depth: number): Json {
  skipSpace(cursor)
  switch (cursor.text[cursor.at]) {
    case '{':
      return parseObject(cursor, deeper(cursor, depth))
    case '[':
      return parseList(cursor, deeper(cursor, depth))
    case '"':
      return parseString(cursor)
    case 't':
      return literal(cursor, 'true', true)
    case 'f':
      return literal(cursor, 'false', false)
    case 'n':
      return literal(cursor, 'null', null)
    default:
      return parseInteger(cursor)
  }
}

function deeper(cursor: Cursor, depth: number): number {
  if (depth === cursor.maxDepth) throw malformed('too_deep', `Nesting deeper than ${depth} is refused.`)
  cursor.at++
  return depth + 1
}

function parseObject(cursor: Cursor, depth: number): Json {
  const fields: Record<string, Json> = {}
  if (take(cursor, '}')) return fields
  do {
    skipSpace(cursor)
    const key = parseString(cursor)
    if (Object.hasOwn(fields, key))
      throw malformed('duplicate_key', `The key ${JSON.stringify(key)} occurs twice.`)
    if (!take(cursor, ':')) throw unexpected(cursor)
    setOwn(fields, key, parseValue(cursor, depth))
  } while (take(cursor, ','))
  if (!take(cursor, '}')) throw unexpected(cursor)
  return fields
}

// Assigning to `__proto__` would change the object instead of adding a key.
function setOwn(fields: Record<string, Json>, key: string, value: Json): void {
  if (key !== '__proto__') fields[key] = value
  else Object.defineProperty(fields, key, { value, enumerable: true, writable: true, configurable: true })
}

function parseList(cursor: Cursor, depth: number): Json {
  const values: Json[] = []
  if (take(cursor, ']')) return values
  do values.push(parseValue(cursor, depth))
  while (take(cursor, ','))
  if (!take(cursor, ']')) throw unexpected(cursor)
  return values
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that JSON must escape
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const LONE_SURROGATE = /\p{Surrogate}/u

function parseString(cursor: Cursor): string {
  const spelled = match(cursor, STRING)
  if (spelled === null) throw unexpected(cursor)
  const text: string = spelled.includes('\\') ? JSON.parse(spelled) : spelled.slice(1, -1)
  if (LONE_SURROGATE.test(text)) throw malformed('lone_surrogate', 'A lone surrogate is not a character.')
  return text
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y

function parseInteger(cursor: Cursor): number {
  const spelled = match(cursor, NUMBER)
  if (spelled === null) throw unexpected(cursor)
  if (/[.eE]/.test(spelled))
    throw malformed('not_an_integer', `${spelled} is not a plain integer: use a string.`)
  if (spelled === '-0') throw malformed('negative_zero', 'Minus zero has no canonical form here.')
  const value = Number(spelled)
  if (!Number.isSafeInteger(value))
    throw malformed('unsafe_integer', `${spelled} is beyond 2^53-1: use a string.`)
  return value
}

function literal<T extends Json>(cursor: Cursor, word: string, value: T): T {
  if (!cursor.text.startsWith(word, cursor.at)) throw unexpected(cursor)
  cursor.at += word.length
  return value
}

function match(cursor: Cursor, pattern: RegExp): string | null {
  pattern.lastIndex = cursor.at
  const found = pattern.exec(cursor.text)
  if (found === null) return null
  cursor.at = pattern.lastIndex
  return found[0]
}

function take(cursor: Cursor, character: string): boolean {
  skipSpace(cursor)
  if (cursor.text[cursor.at] !== character) return false
  cursor.at++
  return true
}

function skipSpace(cursor: Cursor): void {
  for (;;) {
    const code = cursor.text.charCodeAt(cursor.at)
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return
    cursor.at++
  }
}

function unexpected(cursor: Cursor) {
  return malformed('syntax', `This is not JSON: unexpected character at position ${cursor.at}.`)
}
