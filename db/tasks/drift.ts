import { z } from 'zod'
import { perform } from '@/lib/act/perform'
import { isRefusal } from '@/lib/act/refusal'
import { type Chatting, isPassing, slackItself, TryAgain } from './chatting'

const payloadShape = z.object({
  org: z.string(),
  case: z.string(),
  message_id: z.string(),
  change: z.enum(['edited', 'deleted']),
  /** Masked already: a queue is no place for a secret. */
  text: z.string().nullable(),
  observed_at: z.string(),
  request: z.string(),
  key: z.string(),
})
export type DriftPayload = Omit<z.output<typeof payloadShape>, 'org'>

/** A promoted message was edited or deleted in the chat: the record keeps what was, and says so. */
export async function drift(
  deps: Pick<Chatting, 'ledger' | 'policies' | 'origin' | 'newId' | 'newSalt' | 'announce'>,
  payload: unknown,
): Promise<void> {
  const { org, case: stream, request, key, ...input } = payloadShape.parse(payload)
  const outcome = await perform(deps, slackItself(org, request), {
    kind: 'case',
    stream,
    command: 'recordDrift',
    input,
    key,
  })
  if (isRefusal(outcome) && isPassing(outcome.code)) throw new TryAgain(outcome.code)
}
