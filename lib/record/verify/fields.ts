import type { Json } from '../canonical'
import { isTime } from '../envelope'
import type { JsonWebKeySet } from '../jwks'

/** The members of a JSON object; none where it is something else. */
export type Fields = { readonly [name: string]: Json | undefined }

export function fields(value: Json | undefined): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
}

/** As events spell it. */
export function time(value: Json | undefined): string | null {
  return typeof value === 'string' && isTime(value) ? value : null
}

export function text(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null
}

/** A number of things, or a place: what is no whole number is neither. */
export function count(value: Json | undefined): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null
}

export function jsonOf(source: string): Json | undefined {
  try {
    const value: Json = JSON.parse(source)
    return value
  } catch {
    return undefined
  }
}

/** RFC 7517, section 5; without keys where it is something else. */
export function keySet(source: string): JsonWebKeySet {
  const { keys } = fields(jsonOf(source))
  return { keys: Array.isArray(keys) ? keys.map((key) => fields(key)) : [] }
}
