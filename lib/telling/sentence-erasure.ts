import type { AnyEvent, Sentence } from './sentence'
import type { NameOf } from './words'
import { words } from './words'

export function erasureSentence(event: AnyEvent, name: NameOf): Sentence | null {
  switch (event.type) {
    case 'erasure.requested':
      return {
        text: `asked that ${count(event.data.events.length, 'entry', 'entries')} of the record be erased`,
        quote: event.data.reason,
      }
    case 'erasure.agreed':
      return { text: `agreed to the erasure that ${name(event.data.requester)} asked for` }
    case 'erasure.refused':
      return { text: 'refused an erasure', quote: event.data.reason, tone: 'no' }
    case 'event.redacted':
      return { text: `erased what entry ${event.data.seq} said; its digest and its place stay` }
    case 'evidence.removed':
      return {
        text: `took ${count(event.data.removed, 'file', 'files')} of erased evidence off the disk${
          event.data.shared ? `; ${event.data.shared} stay, because another case has the same content` : ''
        }`,
      }
    case 'hold.placed':
      return { text: 'placed a legal hold: nothing is erased while it stands', quote: event.data.reason }
    case 'hold.lifted':
      return {
        text: `lifted the legal hold that ${name(event.data.placed_by)} had placed`,
        quote: event.data.reason,
      }
    case 'retention.proposed':
      return { text: `proposed that ${rule(event.data)}` }
    case 'retention.agreed':
      return { text: `agreed with ${name(event.data.proposer)} that ${rule(event.data)}`, tone: 'yes' }
    case 'retention.refused':
      return { text: 'refused a retention rule', quote: event.data.reason, tone: 'no' }
    case 'retention.stopped':
      return { text: 'stopped the retention rule', quote: event.data.reason }
    default:
      return null
  }
}

/** A retention rule in words. */
export function rule({
  days,
  what,
  except,
}: {
  days: number
  what: readonly string[]
  except: readonly string[]
}): string {
  const but = except.length ? `, except ${except.map(words).join(', ')}` : ''
  return `${what.join(' and ')} of closed cases go after ${count(days, 'day', 'days')}${but}`
}

function count(many: number, one: string, several: string): string {
  return `${many} ${many === 1 ? one : several}`
}
