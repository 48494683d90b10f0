import type { Request } from '../action/action'
import type { Case } from '../case/case'
import type { Recorded } from './recorded'

/** What an answer about an action is told from. */
export type Told = {
  readonly request: Request
  /** The events about this action, and all of the case's. */
  readonly events: readonly Recorded[]
  readonly all: readonly Recorded[]
  readonly state: Case
  /** The name of somebody, by their id. */
  readonly name: (id: string) => string
}

export function of({ events }: Told, ...types: string[]): Recorded[] {
  return events.filter(({ type }) => types.includes(type))
}
