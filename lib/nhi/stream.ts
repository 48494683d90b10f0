import type { Effect, EventMeta, Stream } from '../act/stream'
import type { NhiCommand } from './command'
import { decide } from './decide'
import type { NhiEvent } from './event'
import { evolve, type Nhi, NO_NHI } from './nhi'

/**
 * Whoever uses an identity reads its facts at that moment, so that a stopped one is refused at once. What it holds already
 * is taken back for good: its warrants stay dead even if it is let act again while they would still run (C64).
 */
function react(_state: Nhi, event: NhiEvent, { stream }: EventMeta): Effect[] {
  return event.type === 'nhi.disabled'
    ? [{ job: 'stop-executor', payload: { nhi: stream }, key: `stop:${stream}` }]
    : []
}

export const nhiStream: Stream<Nhi, NhiCommand, NhiEvent> = {
  kind: 'nhi',
  initial: NO_NHI,
  decide,
  evolve,
  react,
}
