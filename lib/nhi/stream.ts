import type { Stream } from '../act/stream'
import type { NhiCommand } from './command'
import { decide } from './decide'
import type { NhiEvent } from './event'
import { evolve, type Nhi, NO_NHI } from './nhi'

/** Nothing has to be done after a change to an identity: whoever uses one reads its facts at that moment. */
export const nhiStream: Stream<Nhi, NhiCommand, NhiEvent> = {
  kind: 'nhi',
  initial: NO_NHI,
  decide,
  evolve,
  react: () => [],
}
