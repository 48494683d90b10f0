import { z } from 'zod'
import { carried } from '@/lib/act/carried'
import type { Receipt } from '@/lib/act/ledger'
import { perform } from '@/lib/act/perform'
import { isRefusal, type Refusal } from '@/lib/act/refusal'
import { caseId } from '@/lib/act/text'
import { actionCommands } from '@/lib/action/command'
import { jcs } from '@/lib/record/canonical'
import { keyOf } from './act'
import type { Asked } from './door'
import { readInput } from './input'

const inCase = { case: caseId }
const result = z.record(z.string(), z.json())

/** What executors report: the command's own fields, the case, and instead of a digest the result itself. */
export const reports = {
  recordPlan: actionCommands.recordPlan.input.extend(inCase),
  reportPlanFailure: actionCommands.reportPlanFailure.input.extend(inCase),
  reportExecution: actionCommands.reportExecution.input
    .omit({ result_sha256: true, result_bytes: true })
    .extend({ ...inCase, result }),
  reportProbe: actionCommands.reportProbe.input
    .omit({ result_sha256: true, result_bytes: true })
    .extend({ ...inCase, result }),
} as const

/** Performs a report. Its result is kept with it, and becomes evidence. */
export async function report(
  { request, doors, actor }: Asked,
  command: keyof typeof reports,
): Promise<Receipt | Refusal> {
  const given = keyOf(request)
  if (isRefusal(given)) return given
  const body = await readInput<z.ZodType<Record<string, unknown> & { case: string }>>(
    request,
    reports[command],
  )
  if (isRefusal(body)) return body
  const { case: stream, result: facts, ...input } = body
  // A receipt belongs to its warrant: sending it twice is once.
  const key = command === 'reportExecution' ? `receipt-${input.jti}-${input.outcome}` : given
  if (facts === undefined) return perform(doors, actor, { kind: 'case', stream, command, input, key })
  const result = carried(jcs(facts))
  const withResult = { ...input, result_sha256: result.sha256, result_bytes: result.content.length }
  return perform(doors, actor, { kind: 'case', stream, command, input: withResult, key }, [result])
}
