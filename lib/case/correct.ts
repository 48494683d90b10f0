import { type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import type { CaseCommand } from './command'
import type { CaseEvent } from './event'

type Input = Extract<CaseCommand, { command: 'correctEntry' }>['input']

/** Appends what is right beside what was recorded: nothing that was recorded changes, nor anything that follows from it. */
export function correctEntry(
  { seq, correction: text, reason }: Input,
  { facts }: Given<CaseCommand>,
): CaseEvent[] | Refusal {
  const said = facts.said.find((each) => each.seq === seq)
  if (!said) return refuse('not_found', `The case has no entry ${seq}.`, 'Reload the case.', { field: 'seq' })
  if (said.data === null)
    return refuse(
      'stale',
      'What this entry said has been erased, so there is nothing to correct.',
      'Say what is right in a comment.',
    )
  return [{ type: 'entry.corrected', data: { seq, body: said.body, text, reason } }]
}
