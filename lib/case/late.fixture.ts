import { requestIn, type World } from '../act/given.fixture'

// What the clocks of a case say when they go off: exactly what they were set for.

export function overdue({ state }: World) {
  return { due: state.due }
}

export function unanswered({ state, kept }: World) {
  const asked = kept.findLast(({ event }) => event.type === 'case.assigned')?.meta.at
  return { assignee: state.assignee, due: state.due, by: halfway(asked, state.due) }
}

export function awaited({ state, kept }: World) {
  const { id, revision, expires_at } = requestIn(state)
  const planned = kept.findLast(({ event }) => event.type === 'action.planned')?.meta.at
  return { request: id, revision, by: halfway(planned, expires_at) }
}

function halfway(from: string | undefined, to: string | null): string | null {
  if (!from || !to) return null
  return new Date((Date.parse(from) + Date.parse(to)) / 2).toISOString()
}
