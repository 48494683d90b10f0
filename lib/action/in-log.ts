import type { Facts } from '../act/facts'
import { type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import type { CaseCommand } from '../case/command'
import { type Request, standing } from './action'
import { authority } from './break-glass'

/** How much of the case the log covers (lib/act/facts.ts). */
export type Covered = Pick<Facts, 'sealed' | 'witnessed'>

/**
 * What the log still owes before this action may have its warrant: what it was allowed by must be sealed, and for a critical action
 * witnessed, where witnesses are asked. An effect that can't be taken back waits until nobody can take its approvals back either.
 */
export function awaits(request: Request, now: string, covered: Covered): 'sealed' | 'witnessed' | null {
  const emergency = authority(request, now)
  const grounds = emergency ? [emergency] : standing(request)
  const within = (count: number) => grounds.every(({ seq }) => seq < count)
  if (!within(covered.sealed)) return 'sealed'
  const needed = request.quorum.tier === 'critical' && covered.witnessed !== null
  return needed && !within(covered.witnessed) ? 'witnessed' : null
}

export function notInLog(request: Request, { now, facts }: Given<CaseCommand>): Refusal | null {
  switch (awaits(request, now, facts)) {
    case 'sealed':
      return refuse('not_sealed', 'Its approvals are not in the signed log yet.', 'Try again in a second.')
    case 'witnessed':
      return refuse(
        'not_witnessed',
        'This action is critical, and too few witnesses have signed for its approvals yet.',
        'Try again in a few seconds. If it stays so, an administrator sees in Settings, Witnesses, which of them is missing.',
      )
    case null:
      return null
  }
}
