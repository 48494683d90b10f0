import type { Effect, EventMeta } from '../act/stream'
import { type Case, requestOf } from './case'
import type { CaseEvent } from './event'

/**
 * What wakes up when somebody has waited too long: made in the transaction that made the time, replaced by key when another
 * time takes its place, taken back when nobody waits any more.
 */
export function deadlines(state: Case, event: CaseEvent, { stream, at }: EventMeta): Effect[] {
  switch (event.type) {
    case 'case.assigned': {
      const { assignee, due } = event.data
      return [overdue(stream, due), unanswered(stream, assignee, due, halfway(at, due))]
    }
    case 'assignment.accepted':
    case 'assignment.declined':
      return [drop('escalate-assignment', `unanswered:${stream}`)]
    case 'case.state':
      if (event.data.to === 'closed')
        return [
          drop('escalate-case', `overdue:${stream}`),
          drop('escalate-assignment', `unanswered:${stream}`),
        ]
      return event.data.from === 'closed' && state.due && !state.overdue ? [overdue(stream, state.due)] : []
    case 'action.planned':
    case 'breakglass.expired':
      return [awaited(state, event.data.request, stream, at)]
    case 'action.amended':
    case 'action.withdrawn':
    case 'action.expired':
    case 'approval.recorded':
    case 'execution.started': {
      const { request } = event.data
      const waits = requestOf(state, request)?.phase === 'awaiting-approval'
      return waits ? [] : [drop('escalate-approval', `awaited:${request}`)]
    }
    default:
      return []
  }
}

function overdue(stream: string, due: string): Effect {
  return { job: 'escalate-case', payload: { case: stream, due }, at: due, key: `overdue:${stream}` }
}

function unanswered(stream: string, assignee: string, due: string, by: string): Effect {
  const payload = { case: stream, assignee, due, by }
  return { job: 'escalate-assignment', payload, at: by, key: `unanswered:${stream}` }
}

/** Half of the time that there is for approving: from when the approvers can see what it will do, to its end. */
function awaited(state: Case, id: string, stream: string, from: string): Effect {
  const request = requestOf(state, id)
  const by = halfway(from, request?.expires_at ?? from)
  const payload = { case: stream, request: id, revision: request?.revision ?? 1, by }
  return { job: 'escalate-approval', payload, at: by, key: `awaited:${id}` }
}

function halfway(from: string, to: string): string {
  return new Date((Date.parse(from) + Date.parse(to)) / 2).toISOString()
}

function drop(job: string, key: string): Effect {
  return { job, payload: {}, key, drop: true }
}
