import type { Json } from './workspace'

export type StrictAnswer = { status: number; headers?: Record<string, string>; json: Json }

export const yes = (json: Json): StrictAnswer => ({ status: 200, json: { ok: true, ...json } })
export const no = (error: string): StrictAnswer => ({ status: 200, json: { ok: false, error } })

/** One page of a list, with an opaque cursor to the next. */
export function page(all: readonly unknown[], name: string, body: Json, usual: number): StrictAnswer {
  const limit = Math.min(Math.max(Number(body.limit) || usual, 1), 1_000)
  const from = body.cursor ? Number(Buffer.from(String(body.cursor), 'base64url').toString()) : 0
  if (!Number.isInteger(from) || from < 0) return no('invalid_cursor')
  const more = from + limit < all.length
  const next_cursor = more ? Buffer.from(String(from + limit)).toString('base64url') : ''
  return yes({ [name]: all.slice(from, from + limit), has_more: more, response_metadata: { next_cursor } })
}

export function objectOf(value: unknown): Json | null {
  try {
    const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Json) : null
  } catch {
    return null
  }
}

export function isTrue(value: unknown): boolean {
  return value === true || value === 'true' || value === '1'
}
