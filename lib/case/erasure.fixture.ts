import type { Facts, Retention, Said } from '../act/facts'
import type { Asked, Step, World } from '../act/given.fixture'
import { ada, bruno, chiara, esther, farid, signedIn, worker } from '../act/people.fixture'
import { CLOSED, PROMOTED } from '../act/story.fixture'
import type { Happy } from './happy.fixture'

/** Grace wrote something about a customer into a case. */
export const SECRET_WORDS = 'Margarethe Quist called from 0047 555 0199'
export const COMMENTED: Step[] = [...PROMOTED, [bruno, 'addComment', { text: SECRET_WORDS }]]

/** What the ledger would hand over of the case's own events. */
export function saidIn({ kept }: Pick<World, 'kept'>): Said[] {
  return kept.map(({ event, meta }) => ({
    seq: meta.seq,
    type: event.type,
    at: meta.at,
    actor: meta.actor,
    body: meta.seq.toString(16).padStart(64, '0'),
    data: event.data,
  }))
}

/** Reads back from the record what the story has put there so far. */
export function readingBack(steps: readonly Step[], story: (steps: readonly Step[]) => World): Step {
  const said = saidIn(story(steps))
  return { facts: (facts: Facts) => ({ ...facts, said }) }
}

const COMMENT: Said = {
  seq: 2,
  type: 'comment.added',
  at: '2026-03-02T08:00:00.000Z',
  actor: { id: 'usr_bruno', kind: 'human' },
  body: 'c'.repeat(64),
  data: { text: SECRET_WORDS },
}
export const KNOWN: Step = { facts: (facts) => ({ ...facts, said: [COMMENT] }) }
export const RULE: Retention = { rule: 'ret_1', days: 30, what: ['comments'], except: ['malware'] }
export const RULED: Step = { facts: (facts) => ({ ...facts, retention: RULE }) }

const reason = 'A customer asked for it.'
export const REQUESTED: Step[] = [...COMMENTED, KNOWN, [ada, 'requestErasure', { seqs: [2], reason }]]
export const HELD: Step[] = [...PROMOTED, [farid, 'placeHold', { reason }]]

export function waiting({ state }: World) {
  return { erasure: state.erasures[0]?.id }
}
export function standing({ state }: World) {
  return { hold: state.holds[0]?.id, reason }
}

/** Each command about erasing in a story in which it is accepted. */
export const erasureHappy = {
  requestErasure: happy([...COMMENTED, KNOWN], ada, 'requestErasure', { seqs: [2], reason }),
  agreeErasure: happy(REQUESTED, signedIn(chiara, 0), 'agreeErasure', waiting),
  refuseErasure: happy(REQUESTED, chiara, 'refuseErasure', (world) => ({ ...waiting(world), reason })),
  eraseByRule: happy([...CLOSED, KNOWN, RULED, { minutes: 60 * 24 * 30 }], worker, 'eraseByRule', {
    rule: 'ret_1',
    seqs: [2],
  }),
  recordRemoval: happy(PROMOTED, worker, 'recordRemoval', { removed: 1, shared: 0 }),
  placeHold: happy(PROMOTED, farid, 'placeHold', { reason }),
  liftHold: happy(HELD, esther, 'liftHold', standing),
} as const

function happy(given: readonly Step[], ...when: Asked): Happy {
  return { given, when }
}
