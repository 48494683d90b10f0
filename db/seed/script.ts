import type { Receipt } from '@/lib/act/ledger'
import { perform } from '@/lib/act/perform'
import { isRefusal } from '@/lib/act/refusal'
import type { StreamKind } from '@/lib/act/spec'
import type { Actor } from '@/lib/identity/actor'
import type { Performing } from '../deps'
import { sampleActor } from './actors'

/** Performs one command for the sample; a refusal here is a mistake of ours, and stops everything. */
export type Play = (
  actor: string | Actor,
  kind: StreamKind,
  stream: string,
  command: string,
  input: unknown,
) => Promise<Receipt>

/** Keys follow from the order, so that an interrupted set-up goes on where it stopped instead of doing anything twice. */
export function player(deps: Performing, name: string): Play {
  let step = 0
  return async (actor, kind, stream, command, input) => {
    const who = typeof actor === 'string' ? sampleActor(actor) : actor
    const key = `${name}-${++step}`
    const receipt = await perform(deps, who, { kind, stream, command, input, key })
    if (isRefusal(receipt))
      throw new Error(`the sample's ${command} on ${stream} was refused: ${receipt.sentence}`)
    return receipt
  }
}
