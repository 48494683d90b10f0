import type { EventMeta } from '../act/stream'
import { type Case, ORDER } from './case'
import type { Stage } from './event'

/** The person who answers for the event. */
export function accountableOf(meta: EventMeta): string {
  return meta.actor.owner ?? meta.actor.id
}

/** A stage is passed by the step to the next one. Going back undoes what the stages after it had established. */
export function moved(state: Case, from: Stage | null, to: Stage, meta: EventMeta): Case {
  const after = { ...state, stage: to, stage_at: meta.at }
  if (from === null) return after
  if (ORDER[to] === ORDER[from] + 1) {
    const passed = { stage: from, by: accountableOf(meta), at: meta.at }
    return { ...after, passed: [...state.passed.filter((gate) => gate.stage !== from), passed] }
  }
  if (ORDER[to] > ORDER[from]) return after
  return {
    ...after,
    passed: state.passed.filter((gate) => ORDER[gate.stage] < ORDER[to]),
    confirmation: ORDER[to] <= ORDER.confirm ? null : state.confirmation,
    accepted: ORDER[to] <= ORDER.assign ? false : state.accepted,
    no_action: null,
  }
}
