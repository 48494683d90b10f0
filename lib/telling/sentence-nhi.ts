import type { AnyEvent, Sentence } from './sentence'
import type { NameOf } from './words'

export function nhiSentence(event: AnyEvent, name: NameOf): Sentence | null {
  switch (event.type) {
    case 'nhi.registered':
      return { text: `registered ${event.data.name}` }
    case 'nhi.described':
      return { text: `described it anew: ${Object.keys(event.data).join(', ').replaceAll('_', ' ')}` }
    case 'owner.changed':
      return {
        text: `made ${name(event.data.to)} its owner, instead of ${name(event.data.from)}`,
        quote: event.data.reason,
      }
    case 'credential.registered':
      return { text: `registered the fingerprint of a credential: ${event.data.label}` }
    case 'credential.retired':
      return { text: 'retired a credential', quote: event.data.reason }
    case 'key.enrolled':
      return {
        text: `enrolled the key ${event.data.kid} (${event.data.use === 'sig' ? 'to sign' : 'to receive secrets'})`,
      }
    case 'key.revoked':
      return { text: `revoked the key ${event.data.kid}`, quote: event.data.reason, tone: 'no' }
    case 'nhi.used':
      return { text: `saw it used on ${event.data.on} by ${event.data.by}` }
    case 'nhi.rotated':
      return { text: `rotated its credential on ${event.data.on}`, tone: 'yes' }
    case 'nhi.reviewed':
      return {
        text: `reviewed it: ${event.data.outcome}; next on ${event.data.next}`,
        quote: event.data.note,
      }
    case 'nhi.disabled':
      return { text: 'disabled it', quote: event.data.reason, tone: 'no' }
    case 'nhi.enabled':
      return { text: 'enabled it', quote: event.data.reason, tone: 'yes' }
    default:
      return null
  }
}
