import type { AnyEvent, Sentence } from './sentence'

/** What is said of anchors: checkpoints put where the operator can't change them. */
export function anchorSentence(event: AnyEvent): Sentence | null {
  switch (event.type) {
    case 'anchors.configured': {
      const { timestamp, chat, every_hours } = event.data
      const places = [timestamp?.url, chat ? `the channel ${chat.channel}` : null].filter(Boolean)
      return { text: `set up anchors every ${every_hours} hours: ${places.join(' and ') || 'none'}` }
    }
    case 'anchor.ordered':
      return { text: event.data.kind === 'chat' ? 'ordered a post of the checkpoint' : 'ordered a timestamp' }
    case 'checkpoint.timestamped':
      return { text: `got a timestamp of the checkpoint of ${event.data.size} from ${event.data.authority}` }
    case 'checkpoint.posted':
      return { text: `posted the checkpoint of ${event.data.size} to ${event.data.channel}` }
    case 'anchor.failed':
      return {
        text: event.data.kind === 'chat' ? 'could not post the checkpoint' : 'got no timestamp',
        quote: event.data.sentence,
        tone: 'no',
      }
    default:
      return null
  }
}
