import type { AnyEvent, Sentence } from './sentence'
import { anchorSentence } from './sentence-anchors'
import { keySentence } from './sentence-keys'
import type { NameOf } from './words'

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
    case 'member.identified':
      return {
        text: `tied ${name(event.data.member)} to the account ${event.data.subject} at ${event.data.issuer}`,
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
    case 'record.exported':
      return { text: `exported ${scopeWords(event.data)}`, quote: event.data.purpose }
    case 'export.cancelled':
      return { text: `cancelled the export ${event.data.export}`, tone: 'no' }
    case 'export.retried':
      return { text: `had the export ${event.data.export} written again` }
    case 'export.fetched':
      return { text: `took away the file of the export ${event.data.export}` }
    case 'export.removed':
      return { text: `deleted the file of the export ${event.data.export}` }
    case 'log.restarted':
      return {
        text: `started the log anew as ${event.data.origin}: ${event.data.from} had ${event.data.size} entries, of which ${event.data.held} are here`,
        quote: event.data.reason,
        tone: 'no',
      }
    case 'witness.added':
      return { text: `made ${event.data.name} a witness of the log, at ${event.data.url}` }
    case 'witness.removed':
      return { text: `asks the witness ${event.data.name} no more`, quote: event.data.reason, tone: 'no' }
    case 'witness.quorum':
      return {
        text: `said that ${event.data.to} of the witnesses make an event witnessed, where it was ${event.data.from}`,
        quote: event.data.reason,
      }
    default:
      return keySentence(event) ?? anchorSentence(event)
  }
}

/** What an export covers, in words. */
function scopeWords({ scope, from, to, filter, streams }: Covered): string {
  switch (scope) {
    case 'period':
      return `what happened from ${from?.slice(0, 10)} until ${to?.slice(0, 10)}`
    case 'cases':
      return `${streams} ${streams === 1 ? 'case' : 'cases'}${filter ? `: ${filter}` : ''}`
    case 'everything':
      return 'the whole record'
  }
}

type Covered = Pick<
  Extract<AnyEvent, { type: 'record.exported' }>['data'],
  'scope' | 'from' | 'to' | 'filter' | 'streams'
>
