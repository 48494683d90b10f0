import { fromUtf8, utf8 } from './bytes'
import { malformed } from './malformed'
import { parseText } from './strict-json'

/** What may go on the record: JSON without fractions. Money, binary and larger numbers are strings. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** Nesting deeper than this is refused, on the way in and on the way out. */
export const MAX_DEPTH = 64

/**
 * The canonical text of a value: RFC 8785, restricted to integers of magnitude <= 2^53-1.
 * Keys sort by UTF-16 code units (3.2.3). What another party's JSON could read differently is refused rather than
 * rounded: fractions, -0, unsafe integers, lone surrogates, `undefined`, anything that is not plain data.
 * @throws Malformed
 */
export function jcsText(value: unknown): string {
  return write(value, 0)
}

/** The canonical bytes: UTF-8 of `jcsText`. @throws Malformed */
export function jcs(value: unknown): Uint8Array {
  return utf8(write(value, 0))
}

/**
 * Reads JSON that may be spelled in any way (white space, order of keys) but may hold only what `jcs` can write.
 * @throws Malformed `invalid_utf8`, `byte_order_mark`, `syntax`, `duplicate_key`, `not_an_integer`, `unsafe_integer`,
 * `negative_zero`, `lone_surrogate`, `too_deep`
 */
export function parseStrict(bytes: Uint8Array): Json {
  return parseText(fromUtf8(bytes), MAX_DEPTH)
}

/**
 * Reads bytes that must be canonical: `jcs(parse(bytes)) == bytes`.
 * @throws Malformed as `parseStrict`, or `not_canonical`
 */
export function parseCanonical(bytes: Uint8Array): Json {
  const text = fromUtf8(bytes)
  const value = canonicalValue(text)
  if (value !== undefined) return value
  parseText(text, MAX_DEPTH) // says more exactly what is wrong, if it can
  throw malformed('not_canonical', 'This JSON is not in its canonical form (RFC 8785).')
}

export function isCanonical(bytes: Uint8Array): boolean {
  try {
    return canonicalValue(fromUtf8(bytes)) !== undefined
  } catch {
    return false
  }
}

// The engine's own parser is several times faster than ours, and comparing its value's canonical text with what was
// read catches all that it lets pass: a duplicate key, a fraction, a rounded integer can't come out as they went in.
function canonicalValue(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text)
    return write(value, 0) === text ? value : undefined
  } catch {
    return undefined
  }
}

function write(value: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
      return quote(value)
    case 'number':
      return integer(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      if (depth === MAX_DEPTH) throw malformed('too_deep', `Nesting deeper than ${MAX_DEPTH} is refused.`)
      return Array.isArray(value) ? list(value, depth) : object(value, depth)
    default:
      throw malformed('not_json', `A ${typeof value} cannot go on the record.`)
  }
}

function list(values: readonly unknown[], depth: number): string {
  let text = '['
  for (let i = 0; i < values.length; i++) {
    if (i > 0) text += ','
    text += write(values[i], depth + 1)
  }
  return `${text}]`
}

function object(value: object, depth: number): string {
  if (!isPlain(value)) throw malformed('not_json', 'Only plain objects can go on the record.')
  const fields = value as Readonly<Record<string, unknown>>
  let text = '{'
  for (const key of Object.keys(fields).sort()) {
    if (text.length > 1) text += ','
    text += `${quote(key)}:${write(fields[key], depth + 1)}`
  }
  return `${text}}`
}

// A Date or a Map has no keys of its own and would silently become {}.
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

function integer(value: number): string {
  if (!Number.isSafeInteger(value)) {
    throw Number.isInteger(value)
      ? malformed('unsafe_integer', 'Integers beyond 2^53-1 are not exact: use a string.')
      : malformed('not_an_integer', 'Only integers can go on the record: use a string.')
  }
  if (Object.is(value, -0)) throw malformed('negative_zero', 'Minus zero has no canonical form here.')
  return String(value)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that JSON must escape
const PLAIN = /^[^\u0000-\u001f"\\\ud800-\udfff]*$/
const LONE_SURROGATE = /\p{Surrogate}/u

// JSON.stringify escapes a well-formed string exactly as RFC 8785 3.2.2.2 asks.
function quote(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`
  if (LONE_SURROGATE.test(text)) throw malformed('lone_surrogate', 'A lone surrogate is not a character.')
  return JSON.stringify(text)
}
