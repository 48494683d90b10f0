import type { ContentStore } from '../content/store'
import type { Performing } from '../deps'

/** What putting a message on record needs: the way in, the content store, and the organisation's fingerprint key. */
export type Promoting = Performing & { readonly content: ContentStore; readonly fingerprintKey: string }
