import type { EventMeta } from '../act/stream'
import type { Case } from './case'
import type { ErasureEvent } from './erasure-event'
import { scrubbed } from './scrub'

/** Folds an event about erasing, or about holding what must not be erased, into the case. */
export function evolveErasure(state: Case, { type, data }: ErasureEvent, meta: EventMeta): Case {
  switch (type) {
    case 'erasure.requested': {
      const { erasure: id, reason, requester, events } = data
      const people = state.people.includes(requester) ? state.people : [...state.people, requester]
      return {
        ...state,
        people,
        erasures: [...state.erasures, { id, reason, requester, events, asked_at: meta.at }],
      }
    }
    case 'erasure.agreed':
    case 'erasure.refused':
      return { ...state, erasures: state.erasures.filter((each) => each.id !== data.erasure) }
    case 'event.redacted':
      return scrubbed(state, data.seq)
    case 'evidence.removed':
      return state
    case 'hold.placed': {
      const { hold: id, reason, placed_by } = data
      const people = state.people.includes(placed_by) ? state.people : [...state.people, placed_by]
      return { ...state, people, holds: [...state.holds, { id, reason, placed_by, at: meta.at }] }
    }
    case 'hold.lifted':
      return { ...state, holds: state.holds.filter((each) => each.id !== data.hold) }
  }
}
