import type { pasted } from './messages'
import { samplePerson } from './people'

type Weighed = {
  readonly title: string
  readonly category: string
  readonly severity: string | null
}

/** What a sample person's promotion of a pasted message says. */
export function finding(reporter: string, snapshot: ReturnType<typeof pasted>, weighed: Weighed) {
  const of = { reporter_name: samplePerson(reporter).name, message_key: null, note: null }
  return { ...weighed, ...of, snapshot, secrets: [] }
}
