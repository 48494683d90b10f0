import type { BundleReader } from './reader'

/** What the verifier is reading: every file once for its digest, then the events, the whole log, and what people decided. */
export type Step = 'files' | 'events' | 'log' | 'decisions'

/** Bytes of this step read so far, of `total`; null where the reader doesn't know how much there is. */
export type Progress = { readonly step: Step; readonly done: number; readonly total: number | null }

/** Told after each chunk that was read: whoever shows it decides how often. */
export type Watch = (progress: Progress) => void

export type Watched = {
  readonly reader: BundleReader
  readonly begin: (step: Step, total: number | null) => void
}

/** The same bundle, telling how far it has been read. */
export function watched(reader: BundleReader, watch: Watch = () => {}): Watched {
  let now: { step: Step; done: number; total: number | null } = { step: 'files', done: 0, total: null }
  const begin: Watched['begin'] = (step, total) => {
    now = { step, done: 0, total }
    watch({ ...now })
  }
  async function* open(path: string) {
    for await (const chunk of reader.open(path)) {
      now.done += chunk.length
      watch({ ...now })
      yield chunk
    }
  }
  return { reader: { ...reader, open }, begin }
}
