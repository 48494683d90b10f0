import type { CaseFile } from '@/lib/act/view/case'

type Snapshot = CaseFile['snapshots'][number]
export type Thread = { readonly first: Snapshot; readonly since: readonly Snapshot[] }

/** Snapshots by conversation: a single message that was delivered later belongs under the thread that it was said in. */
export function threadsOf(snapshots: readonly Snapshot[]): Thread[] {
  const threads: { first: Snapshot; since: Snapshot[] }[] = []
  for (const snapshot of snapshots) {
    const isReply =
      snapshot.trust === 'delivered' && snapshot.messages.length <= 1 && snapshot.thread !== null
    const root = isReply ? threads.find(({ first }) => placeOf(first) === placeOf(snapshot)) : undefined
    if (root) root.since.push(snapshot)
    else threads.push({ first: snapshot, since: [] })
  }
  return threads
}

/** A thread is named by its first message. */
function placeOf({ platform, channel, thread, messages }: Snapshot): string {
  return [platform, channel, thread ?? messages[0]?.message_id].join('/')
}
