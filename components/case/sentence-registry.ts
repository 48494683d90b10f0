import type { NameOf } from '../names'
import type { AnyEvent, Sentence } from './sentence'
import { keySentence } from './sentence-keys'

export function registrySentence(event: AnyEvent, name: NameOf): Sentence | null {
  switch (event.type) {
    case 'organisation.founded':
      return { text: `founded ${event.data.name} on ${event.data.origin}` }
    case 'member.added':
      return { text: `made ${event.data.name} a member: ${event.data.roles.join(', ')}` }
    case 'member.roles':
      return {
        text: `changed ${name(event.data.member)}’s roles from ${event.data.from.join(', ')} to ${event.data.to.join(', ')}`,
        quote: event.data.reason,
      }
    case 'member.removed':
      return { text: `removed ${name(event.data.member)}`, quote: event.data.reason, tone: 'no' }
    case 'member.restored':
      return { text: `restored ${name(event.data.member)}`, quote: event.data.reason }
    case 'member.linked':
      return { text: `linked ${name(event.data.member)} to ${event.data.platform} user ${event.data.user}` }
    case 'member.unlinked':
      return {
        text: `unlinked ${name(event.data.member)} from ${event.data.platform} user ${event.data.user}`,
      }
    case 'policy.activated':
      return { text: `activated a policy set of ${event.data.policies.length} policies` }
    case 'chat.connected':
      return { text: `connected ${event.data.platform}: ${event.data.team_name}` }
    case 'chat.disconnected':
      return { text: `disconnected ${event.data.platform}`, quote: event.data.reason, tone: 'no' }
    case 'connector.registered':
      return {
        text: `registered the connector ${event.data.connector} for ${event.data.system}, ${event.data.environment}`,
      }
    case 'passkey.enrolled':
      return { text: `enrolled the passkey ${event.data.name}` }
    case 'passkey.revoked':
      return {
        text: `revoked ${name(event.data.user)}’s passkey ${event.data.name}`,
        quote: event.data.reason,
        tone: 'no',
      }
    default:
      return keySentence(event)
  }
}
