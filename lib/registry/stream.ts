import type { Stream } from '../act/stream'
import type { RegistryCommand } from './command'
import { decide } from './decide'
import type { RegistryEvent } from './event'
import { evolve, NO_REGISTRY, type Registry } from './registry'
import { reactToKeys } from './rotate-keys'

export const registryStream: Stream<Registry, RegistryCommand, RegistryEvent> = {
  kind: 'registry',
  initial: NO_REGISTRY,
  decide,
  evolve,
  react: (_state, event) => reactToKeys(event),
}
