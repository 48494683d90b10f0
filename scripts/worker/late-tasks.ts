import type { TaskList } from 'graphile-worker'
import { z } from 'zod'
import { report, type Work } from './work'

const text = z.string().min(1)
const about = { org: text, case: text }
const overdue = z.object({ ...about, due: text })
const unanswered = z.object({ ...about, assignee: text, due: text, by: text })
const awaited = z.object({ ...about, request: text, revision: z.int(), by: text })

/**
 * Somebody may have waited too long: the case is looked at as it is by now, however late the clock goes off. One key for each due
 * time, so that a job that is done twice says it once.
 */
export function lateTasks(work: Work): TaskList {
  return {
    'escalate-case': async (payload) => {
      const { org, case: stream, due } = overdue.parse(payload)
      const key = `overdue:${stream}:${due}`
      await report(work, org, { kind: 'case', stream, command: 'escalateCase', input: { due }, key })
    },
    'escalate-assignment': async (payload) => {
      const { org, case: stream, ...input } = unanswered.parse(payload)
      const key = `unanswered:${stream}:${input.by}`
      await report(work, org, { kind: 'case', stream, command: 'escalateAssignment', input, key })
    },
    'escalate-approval': async (payload) => {
      const { org, case: stream, ...input } = awaited.parse(payload)
      const key = `awaited:${input.request}:${input.revision}`
      await report(work, org, { kind: 'case', stream, command: 'escalateApproval', input, key })
    },
  }
}
