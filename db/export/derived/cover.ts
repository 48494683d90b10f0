import type { Asked } from '../job'

/** What the readable forms say of the export itself. */
export type Cover = {
  readonly id: string
  readonly asked: Asked
  readonly organization: string
  /** Who asked for it, by name and by id. */
  readonly by: string
  readonly byId: string
  /** When, in UTC. */
  readonly at: string
  readonly log: {
    readonly origin: string
    readonly size: number
    readonly root: string
    readonly place: number
  }
}

/** What is covered, in a sentence. */
export function coverage({ asked }: Cover): string {
  switch (asked.scope) {
    case 'case':
      return 'One case, from its first event to this export'
    case 'cases':
      return `${asked.streams} cases${asked.filter ? ` (${asked.filter})` : ''}, each whole up to this export`
    case 'period':
      return `Every case in which something happened from ${moment(asked.from)} until ${moment(asked.to)}, each whole up to this export`
    case 'everything':
      return 'The whole record, up to this export'
  }
}

/** `2026-03-02 08:04:14 UTC` */
export function moment(at: string | null | undefined): string {
  return at ? `${at.slice(0, 10)} ${at.slice(11, 19)} UTC` : ''
}

export const NOT_EVIDENCE =
  'Derived from the record for reading: not evidence. What proves anything is data/events.ndjson with its proofs.'
