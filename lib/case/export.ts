import type { Given } from '../act/stream'
import type { Case } from './case'
import type { CaseCommand } from './command'
import type { CaseEvent } from './event'

type Input = Extract<CaseCommand, { command: 'exportCase' }>['input']

/** The export is itself the case's last event, which fixes the tail. What it leaves out is said on the record first. */
export function exportCase(state: Case, input: Input, given: Given<CaseCommand>): CaseEvent[] {
  const secret = state.evidence.filter(
    (each) => each.kind === 'sealed-secret' && each.sha256 !== '' && !state.withheld.includes(each.sha256),
  )
  const withheld = secret.map(
    ({ sha256 }): CaseEvent => ({
      type: 'evidence.withheld',
      data: { sha256, reason: 'A leaked secret, sealed to the executor: only it may open it.' },
    }),
  )
  const exported: CaseEvent = {
    type: 'case.exported',
    data: {
      scope: 'case',
      format: 'onrecord-bundle/v1',
      head: given.head ?? '',
      purpose: input.purpose,
      export: given.newId('export'),
    },
  }
  return [...withheld, exported]
}
