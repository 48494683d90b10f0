import { z } from 'zod'
import { historyFilter, historyInWords } from '@/lib/act/history-filter'
import { caseId, instant, nhiId, text } from '@/lib/act/text'
import { SEVERITIES, STAGES } from '@/lib/case/event'

const purpose = text(500)
const MOST_NAMED = 1_000

/** What an export can be asked to cover. */
export const exportOrder = z.discriminatedUnion('scope', [
  z.strictObject({ scope: z.literal('case'), case: caseId, purpose }),
  z.strictObject({
    scope: z.literal('cases'),
    /** These; or, without them, all that fit the rest. */
    cases: z.array(caseId).min(1).max(MOST_NAMED).optional(),
    state: z.enum(['all', 'open', 'closed']).default('all'),
    stage: z.array(z.enum(STAGES)).max(STAGES.length).default([]),
    severity: z.array(z.enum(SEVERITIES)).max(SEVERITIES.length).default([]),
    nhi: nhiId.nullable().default(null),
    q: text(200).nullable().default(null),
    purpose,
  }),
  /** The cases in which something happened that this history shows. On record they are a set of cases. */
  z.strictObject({ scope: z.literal('history'), filter: historyFilter, purpose }),
  z.strictObject({ scope: z.literal('period'), from: instant, to: instant, purpose }),
  z.strictObject({ scope: z.literal('everything'), purpose }),
])

export type ExportOrder = z.output<typeof exportOrder>

/** What a set of cases was asked for by, as the record keeps it. */
export function inWords(order: Extract<ExportOrder, { scope: 'cases' | 'history' }>): string {
  if (order.scope === 'history') return historyInWords(order.filter)
  if (order.cases) return 'named one by one'
  const parts = [
    order.state === 'all' ? '' : order.state,
    order.stage.length ? `in ${order.stage.join(', ')}` : '',
    order.severity.length ? `severity ${order.severity.join(', ')}` : '',
    order.nhi ? `touching ${order.nhi}` : '',
    order.q ? `with the words “${order.q}”` : '',
  ].filter((part) => part !== '')
  return parts.length ? parts.join('; ') : 'all cases'
}
