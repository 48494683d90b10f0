import type { Actor } from '../identity/actor'
import type { Decision } from '../policy/question'
import { NOTHING_WANTED } from './facts'
import type { Deps } from './perform'
import type { Refusal } from './refusal'
import { recordDenial } from './write'

/** Overtaken this often, the attempt is recorded by whoever asks next: what was refused stays refused. */
const PATIENCE = 3

/** Puts a refused look at a case on its record, as a refused command would be: an attempt is evidence. */
export async function recordRefusedLook(
  deps: Deps,
  actor: Actor,
  look: { readonly command: string; readonly stream: string; readonly about: object },
  decision: Decision,
  refusal: Refusal,
): Promise<void> {
  const { command, stream, about: input } = look
  const order = { kind: 'case', stream, command, input, key: deps.newId('look'), digest: '' } as const
  for (let attempt = 0; attempt < PATIENCE; attempt++) {
    const page = await deps.ledger.open(actor, 'case', stream, '', NOTHING_WANTED)
    const outcome = await recordDenial({ deps, ledger: deps.ledger, actor, order, page, decision }, refusal)
    if (outcome === 'overtaken') continue
    if (outcome.moved) deps.announce(actor.org, outcome.moved)
    return
  }
}
