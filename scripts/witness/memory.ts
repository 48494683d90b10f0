import type { Checkpoint } from '../../lib/record/checkpoint'
import type { Note } from '../../lib/record/note'

/** The newest checkpoint of each log that was cosigned, as the log signed it: all that a witness has to remember. */
export type Memory = {
  /** Null for a log of which nothing was cosigned. @throws Error when what is kept can't be read: it is never taken for nothing */
  readonly newest: (origin: string) => Promise<Checkpoint | null>
  /** Runs alone among all work on this log, of whatever process keeps this memory. What it remembered is durable when this answers. */
  readonly alone: <T>(origin: string, work: (held: Held) => Promise<T>) => Promise<T>
  readonly close: () => Promise<void>
}

/** One log's memory, while nobody else can read or change it. */
export type Held = {
  readonly newest: Checkpoint | null
  readonly remember: (note: Note) => Promise<void>
}
