import { CATEGORIES, SEVERITIES } from '../../case/event'
import type { FormValues } from '../adapter'
import type { ViewSubmission } from './payload'

type Values = ViewSubmission['view']['state']['values']

/** What the form says. A browser in between may send anything: unknown choices become the cautious one. */
export function formValues(values: Values): FormValues {
  const typed = (name: string) => values[name]?.[name]?.value?.trim() ?? ''
  const chosen = (name: string) => values[name]?.[name]?.selected_option?.value
  const existing = chosen('existing')
  return {
    title: typed('title').slice(0, 200),
    category: CATEGORIES.find((category) => category === chosen('category')) ?? 'other',
    severity: SEVERITIES.find((severity) => severity === chosen('severity')) ?? null,
    note: typed('note').slice(0, 4_000) || null,
    existing: existing === 'add' || existing === 'separate' ? existing : null,
  }
}
