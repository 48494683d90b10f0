import type { Snapshot } from '../case/event'
import { maskAll, type Secret } from './mask'
import { storable } from './storable'

/** A snapshot with every secret masked, in authors' names and the channel's name as well: the only kind that may be stored. */
export async function maskSnapshot(
  snapshot: Snapshot,
  fingerprintKey: string | Uint8Array,
): Promise<{ snapshot: Snapshot; secrets: Secret[] }> {
  const said = snapshot.messages.flatMap((message) => [message.text, message.author])
  const { texts, secrets } = await maskAll([...said, snapshot.channel_name ?? ''], fingerprintKey)
  const messages = snapshot.messages.map((message, index) => ({
    ...message,
    text: storable(texts[2 * index] ?? ''),
    author: storable(texts[2 * index + 1] ?? '', 200),
  }))
  const channel_name = snapshot.channel_name === null ? null : storable(texts.at(-1) ?? '', 200)
  return { snapshot: { ...snapshot, channel_name, messages }, secrets }
}
