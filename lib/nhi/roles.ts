import type { NhiRole } from '../identity/actor'
import type { NhiKind } from './event'

/** What an identity may be here follows from its kind; most kinds are looked after and never act. */
export function rolesOfKind(kind: NhiKind): readonly NhiRole[] {
  if (kind === 'executor') return ['executor']
  return kind === 'ai-agent' || kind === 'bot' ? ['agent'] : []
}
