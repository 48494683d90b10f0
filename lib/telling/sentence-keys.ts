import type { AnyEvent, Sentence } from './sentence'

/** What is said of the organisation's signing keys. */
export function keySentence(event: AnyEvent): Sentence | null {
  switch (event.type) {
    case 'key.rotation-ordered':
      return {
        text: `ordered a new ${event.data.purpose} key, with ${event.data.overlap_hours} hours of overlap`,
        quote: event.data.reason,
      }
    case 'warrant-key.published':
      return { text: `published the warrant key ${event.data.kid}` }
    case 'token-key.published':
      return { text: `published the access-token key ${event.data.kid}` }
    case 'export-key.published':
      return { text: `published an export key, ${event.data.fingerprint}` }
    case 'log-key.published':
      return { text: `published the log’s key ${event.data.vkey}` }
    case 'warrant-key.retired':
      return { text: `retired the warrant key ${event.data.kid}` }
    case 'token-key.retired':
      return { text: `retired the access-token key ${event.data.kid}` }
    case 'export-key.retired':
      return { text: `retired the export key ${event.data.fingerprint}` }
    case 'log-key.retired':
      return { text: `retired the log’s key ${event.data.vkey}` }
    default:
      return null
  }
}
