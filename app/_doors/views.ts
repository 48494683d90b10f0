import { z } from 'zod'
import { text } from '@/lib/act/text'

/** The filters that a view of the history may hold; anything else in its query is left out. */
const FILTERS = ['q', 'case', 'actor', 'kind', 'type', 'outcome', 'from', 'to'] as const

const name = text(80).transform((given) => given.trim())
const query = text(1_500, 0).transform((given) => {
  const found = new URLSearchParams(given)
  const set = FILTERS.flatMap((filter): [string, string][] => {
    const value = found.get(filter)?.trim()
    return value ? [[filter, value]] : []
  })
  return new URLSearchParams(set).toString()
})

export const newView = z.strictObject({ name, query })
export const changedView = z.strictObject({ name: name.optional(), query: query.optional() })
