import type { z } from 'zod'
import { isRefusal, type Refusal, refuse } from '@/lib/act/refusal'
import { readJson } from './body'

/** What does not fit a schema, as the command table would say it. */
function checked<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> | Refusal {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const field = issue?.path.join('.') ?? ''
  return refuse(
    'invalid',
    `${field ? `"${field}": ` : ''}${issue?.message ?? 'the input does not fit'}.`,
    'Correct it and send it again.',
    { field },
  )
}

export async function readInput<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<z.output<Schema> | Refusal> {
  const body = await readJson(request)
  return isRefusal(body) ? body : checked(schema, body)
}

/** All search parameters, as the schema wants them: an empty one is not there. */
export function readQuery<Schema extends z.ZodType>(url: URL, schema: Schema): z.output<Schema> | Refusal {
  return checked(schema, Object.fromEntries([...url.searchParams].filter(([, value]) => value !== '')))
}

/** A search parameter: text that the database can take, or null. */
export function queryText(url: URL, name: string, most = 200): string | null {
  const value = url.searchParams.get(name)?.trim() ?? ''
  return value === '' || value.length > most || value.includes('\u0000') || !value.isWellFormed()
    ? null
    : value
}

export function oneOf<const T extends readonly string[]>(values: T, given: string | null): T[number] | null {
  return values.find((value) => value === given) ?? null
}

/** Those of a comma-separated list that exist. */
export function listOf<const T extends readonly string[]>(values: T, given: string | null): T[number][] {
  const wanted = given?.split(',') ?? []
  return values.filter((value) => wanted.includes(value))
}
