import type { Effect, EventMeta, Stream } from '../act/stream'
import { reactToAnchors } from './anchors'
import type { RegistryCommand } from './command'
import { decide } from './decide'
import type { RegistryEvent } from './event'
import { evolve, NO_REGISTRY, type Registry } from './registry'
import { reactToKeys } from './rotate-keys'

/** An export is written by the worker, unless the console does it itself. */
function react(_state: Registry, event: RegistryEvent, { stream, seq, actor }: EventMeta): Effect[] {
  if (event.type !== 'record.exported') return [...reactToKeys(event), ...reactToAnchors(event)]
  if (actor.kind === 'system') return []
  return [{ job: 'export', payload: { stream, seq }, key: event.data.export }]
}

export const registryStream: Stream<Registry, RegistryCommand, RegistryEvent> = {
  kind: 'registry',
  initial: NO_REGISTRY,
  decide,
  evolve,
  react,
}
